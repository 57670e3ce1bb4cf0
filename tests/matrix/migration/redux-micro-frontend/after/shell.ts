import { joinSharedStore, loadEngine } from 'isthmus';
import { shellReducer, type Action, type CounterState, type TodoState } from '../reducers.js';

declare module 'isthmus' {
  interface SliceStates {
    CounterApp?: CounterState;
    TodoApp?: TodoState;
  }
}

const platform = { key: 'Platform', reducer: shellReducer } as const;
const signedIn = (user: string): Action => ({ type: 'SIGN_IN', payload: user });

export async function mountShell() {
  await loadEngine(); // once on the page, before the first app
  const { store, leave } = joinSharedStore({ app: 'shell', slices: [platform] });
  return {
    signIn: (user: string) => store.dispatch(signedIn(user)),
    user: () => store.getState().Platform.user,
    todos: () => store.getState().TodoApp ?? null,
    onCounter: (listener: (state: CounterState) => void) =>
      store.watch(['CounterApp'], () => {
        const { CounterApp } = store.getState();
        if (CounterApp !== undefined) listener(CounterApp);
      }),
    unmount: leave,
  };
}
