import { defineSlice, joinSharedStore, loadEngine } from 'isthmus';
import { payload, set } from 'isthmus/program';
import type { Todo, TodoApp } from '../reducers.js';

const todos = defineSlice({
  name: 'todos',
  converge: true, // its actions cross by themselves, and all tabs show the same
  initialState: [] as Todo[],
  reducers: {
    add(state, { payload }: { type: string; payload: { id: number; text: string } }) {
      state.push({ ...payload, completed: false });
    },
    toggle(state, { payload }: { type: string; payload: number }) {
      const index = state.findIndex(({ id }) => id === payload);
      const todo = state[index];
      if (todo !== undefined) state[index] = { ...todo, completed: !todo.completed };
    },
  },
  contract: {
    'todos/add': {
      payload: {
        type: 'object',
        required: ['id', 'text'],
        properties: { id: { type: 'number' }, text: { type: 'string' } },
      },
    },
    'todos/toggle': { payload: { type: 'number' } },
  },
});

/** Without a contract nothing of it crosses: each tab has its own filter. */
const visibilityFilter = defineSlice({
  name: 'visibilityFilter',
  initialState: 'SHOW_ALL',
  reducers: { show: [set('', payload())] },
});

export async function open(): Promise<TodoApp> {
  await loadEngine();
  const { store } = joinSharedStore({ app: 'todos', slices: [todos, visibilityFilter] });
  await store.whenReady('todos');
  const { add, toggle } = todos.actions;
  return {
    add: (id, text) => void store.dispatch(add({ id, text })),
    toggle: (id) => void store.dispatch(toggle(id)),
    show: (filter) => void store.dispatch(visibilityFilter.actions.show(filter)),
    state: () => store.getState(),
    dispatchFrozen: () => void store.dispatch(Object.freeze(add({ id: 1, text: 'frozen' }))),
  };
}
