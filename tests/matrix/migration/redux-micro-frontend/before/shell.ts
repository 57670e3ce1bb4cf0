import { GlobalStore } from 'redux-micro-frontend';
import { shellReducer, type CounterState, type TodoState } from '../reducers.js';

export async function mountShell() {
  const globalStore = GlobalStore.Get();
  globalStore.CreateStore(GlobalStore.Platform, shellReducer, [], ['SIGN_IN']);
  return {
    signIn: (user: string) =>
      globalStore.DispatchGlobalAction('Platform', { type: 'SIGN_IN', payload: user }),
    user: (): string | null => globalStore.GetPlatformState().user,
    todos: (): TodoState | null => globalStore.GetPartnerState('TodoApp'),
    onCounter: (listener: (state: CounterState) => void) =>
      globalStore.SubscribeToPartnerState('Platform', 'CounterApp', listener),
    unmount: () => undefined,
  };
}
