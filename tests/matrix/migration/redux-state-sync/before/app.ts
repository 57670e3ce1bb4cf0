import { applyMiddleware, combineReducers, legacy_createStore as createStore } from 'redux';
import {
  createStateSyncMiddleware,
  initStateWithPrevTab,
  withReduxStateSync,
} from 'redux-state-sync';
import { todos, visibilityFilter, type Action, type TodoApp } from '../reducers.js';

export function open(): TodoApp {
  const sync = createStateSyncMiddleware({
    channel: 'todos',
    blacklist: ['SET_VISIBILITY_FILTER'],
  });
  const reducer = withReduxStateSync(combineReducers({ todos, visibilityFilter }) as never);
  const store = createStore(reducer as never, applyMiddleware(sync as never));
  initStateWithPrevTab(store as never);
  const dispatch = (action: Action) => void store.dispatch(action as never);
  return {
    add: (id, text) => dispatch({ type: 'ADD_TODO', id, text }),
    toggle: (id) => dispatch({ type: 'TOGGLE_TODO', id }),
    show: (filter) => dispatch({ type: 'SET_VISIBILITY_FILTER', filter }),
    state: () => store.getState() as ReturnType<TodoApp['state']>,
    dispatchFrozen: () => dispatch(Object.freeze({ type: 'ADD_TODO', id: 1, text: 'frozen' })),
  };
}
