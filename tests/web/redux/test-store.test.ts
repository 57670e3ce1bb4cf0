import { createSlice, type PayloadAction } from '@reduxjs/toolkit';
import { crossApp } from 'isthmus';
import { createTestStore } from 'isthmus/testing';
import { expect, it } from 'vitest';

const counter = createSlice({
  name: 'counter',
  initialState: 0,
  reducers: { add: (sum, { payload }: PayloadAction<number>) => sum + payload },
});

it('a test store with slices of Redux Toolkit works in Node and in a browser', async () => {
  const options = { slices: [counter], contract: { 'counter/add': {} } };
  const a = await createTestStore({ ...options, preloadedState: { counter: 40 } });
  const b = await createTestStore({ ...options, hub: a.hub });
  a.store.dispatch(crossApp(counter.actions.add(2)));
  expect(b.store.getState()).toEqual({ counter: 0 });
  a.hub.flush();
  expect([a.store.getState(), b.store.getState()]).toEqual([{ counter: 42 }, { counter: 2 }]);
  expect(a.actions).toEqual([crossApp(counter.actions.add(2))]);
  for (const { dispose } of [a, b]) dispose();
});
