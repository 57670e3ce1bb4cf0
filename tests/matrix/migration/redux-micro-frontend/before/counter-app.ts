import { GlobalStore } from 'redux-micro-frontend';
import { counterReducer, type CounterState } from '../reducers.js';

const globalActions = ['INCREMENT_GLOBAL', 'ADD_TODO'];

export function mountCounter(show: (state: CounterState) => void) {
  const globalStore = GlobalStore.Get();
  globalStore.CreateStore('CounterApp', counterReducer, [], globalActions);
  const stop = globalStore.SubscribeToGlobalState('CounterApp', (state) => show(state.CounterApp));
  const dispatch = (type: string) =>
    globalStore.DispatchAction('CounterApp', { type, payload: null });
  return {
    incrementLocal: () => dispatch('INCREMENT_LOCAL'),
    incrementGlobal: () => dispatch('INCREMENT_GLOBAL'),
    unmount: stop,
  };
}
