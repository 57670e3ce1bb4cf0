import { createListenerMiddleware, isAnyOf } from '@reduxjs/toolkit';
import { doneRemoved, todoAdded, todosSaved, todoToggled, todosSlice } from './todos-slice.js';

/** Saves a moment after the last of several changes. */
export function createSaving() {
  const listener = createListenerMiddleware();
  listener.startListening({
    matcher: isAnyOf(todoAdded, todoToggled, doneRemoved),
    effect: async (_action, { cancelActiveListeners, delay, dispatch, getState }) => {
      cancelActiveListeners();
      await delay(5);
      const state = getState() as Parameters<typeof todosSlice.selectSlice>[0];
      dispatch(todosSaved(todosSlice.selectSlice(state).ids.length));
    },
  });
  return listener.middleware;
}
