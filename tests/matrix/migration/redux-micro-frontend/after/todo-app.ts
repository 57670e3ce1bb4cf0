import { joinSharedStore } from 'isthmus';
import { todoReducer, type Action, type TodoState } from '../reducers.js';

const todo = { key: 'TodoApp', reducer: todoReducer } as const;
const added = (text: string): Action => ({ type: 'ADD_TODO', payload: text });

export function mountTodo() {
  const { store, leave } = joinSharedStore({ app: 'TodoApp', slices: [todo] });
  return {
    add: (text: string) => store.dispatch(added(text)),
    state: (): TodoState => store.getState().TodoApp,
    unmount: leave,
  };
}
