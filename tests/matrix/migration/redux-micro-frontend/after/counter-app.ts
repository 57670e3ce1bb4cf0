import { joinSharedStore } from 'isthmus';
import { counterReducer, type CounterState } from '../reducers.js';

const counter = { key: 'CounterApp', reducer: counterReducer } as const;

export function mountCounter(show: (state: CounterState) => void) {
  const { store, leave } = joinSharedStore({ app: 'CounterApp', slices: [counter] });
  const stop = store.watch(['CounterApp'], () => show(store.getState().CounterApp));
  return {
    incrementLocal: () => store.dispatch({ type: 'INCREMENT_LOCAL' }),
    incrementGlobal: () => store.dispatch({ type: 'INCREMENT_GLOBAL' }),
    unmount() {
      stop();
      leave();
    },
  };
}
