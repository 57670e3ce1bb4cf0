import { combineReducers, configureStore } from '@reduxjs/toolkit';
import { createIsolatedStore, joinSharedStore } from 'isthmus';
import type { Reducer, Store } from 'redux';

/** Ways to make a store from reducers by key; react-redux is to work alike on all of them. */
export const storeMakers: Record<string, (reducers: Record<string, Reducer>) => Store> = {
  'configureStore of Redux Toolkit': (reducers) =>
    configureStore({ reducer: combineReducers(reducers) }),
  createIsolatedStore: (reducers) => {
    const store = createIsolatedStore({ name: 'app', reducers: reducers as never });
    return store as unknown as Store;
  },
  joinSharedStore: (reducers) => {
    const slices = Object.entries(reducers).map(([key, reducer]) => ({ key, reducer }));
    const name = crypto.randomUUID();
    return joinSharedStore({ app: 'host', name, slices: slices as never })
      .store as unknown as Store;
  },
};
