import { GlobalStore } from 'redux-micro-frontend';
import { todoReducer, type TodoState } from '../reducers.js';

export function mountTodo() {
  const globalStore = GlobalStore.Get();
  const store = globalStore.CreateStore('TodoApp', todoReducer, [], ['ADD_TODO', 'SIGN_IN']);
  return {
    add: (text: string) =>
      globalStore.DispatchAction('TodoApp', { type: 'ADD_TODO', payload: text }),
    state: (): TodoState => store.getState(),
    unmount: () => undefined, // a store cannot be taken out again
  };
}
