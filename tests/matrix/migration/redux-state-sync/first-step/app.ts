import {
  converging,
  crossApp,
  isBridged,
  joinSharedStore,
  loadEngine,
  type Middleware,
} from 'isthmus';
import { todos, visibilityFilter, type Action, type Todo, type TodoApp } from '../reducers.js';

/** The place of blacklist, whitelist and predicate: these cross. */
const contract = { ADD_TODO: {}, TOGGLE_TODO: {} };

/** Of an action type, payload and meta cross, so what else it has goes into the payload ... */
const cross: Middleware = () => (next) => (action) => {
  const { type, ...payload } = action as Action;
  const isOwn = type in contract && !isBridged(action); // other tabs' actions pass here, too
  return next(isOwn ? crossApp({ type, payload }) : action);
};

/** ... and out of it for the old reducer. */
const todosReducer = (
  state: readonly Todo[] | undefined,
  { type, payload }: { type: string; payload?: object },
) => todos(state, { type, ...payload } as Action);

const slices = [
  converging({ key: 'todos', reducer: todosReducer }, { version: 1, contract }),
  { key: 'visibilityFilter', reducer: visibilityFilter },
] as const;

export async function open(): Promise<TodoApp> {
  await loadEngine();
  const { store } = joinSharedStore({ app: 'todos', slices, middleware: [cross] });
  await store.whenReady('todos'); // the other tabs' todos are there, if there are other tabs
  const dispatch = (action: Action) => void store.dispatch(action);
  return {
    add: (id, text) => dispatch({ type: 'ADD_TODO', id, text }),
    toggle: (id) => dispatch({ type: 'TOGGLE_TODO', id }),
    show: (filter) => dispatch({ type: 'SET_VISIBILITY_FILTER', filter }),
    state: () => store.getState(),
    dispatchFrozen: () => dispatch(Object.freeze({ type: 'ADD_TODO', id: 1, text: 'frozen' })),
  };
}
