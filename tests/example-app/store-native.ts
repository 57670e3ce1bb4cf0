import { configureStore } from '@reduxjs/toolkit';
import { native } from 'isthmus';
import { isthmusEnhancer, isthmusMiddleware } from 'isthmus/redux';

import { counterSlice } from './counter-slice.js';
import { createSaving } from './saving.js';
import { todosSlice, type TodoServer } from './todos-slice.js';

export const createAppStore = (server: TodoServer) =>
  configureStore({
    reducer: { counter: native(counterSlice).reducer, todos: native(todosSlice).reducer },
    middleware: (defaults) =>
      defaults({ thunk: { extraArgument: server } })
        .prepend(createSaving())
        .concat(isthmusMiddleware),
    enhancers: (defaults) => defaults().prepend(isthmusEnhancer({ app: 'todos' })),
  });

export type AppStore = ReturnType<typeof createAppStore>;
export type RootState = ReturnType<AppStore['getState']>;
export type AppDispatch = AppStore['dispatch'];
