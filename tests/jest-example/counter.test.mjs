import { expect, test } from '@jest/globals';
import { defineSlice } from 'isthmus';
import { inc, payload } from 'isthmus/program';
import { createTestStore } from 'isthmus/testing';

test('a slice counts, in Node', async () => {
  const counter = defineSlice({
    name: 'counter',
    initialState: 40,
    reducers: { add: [inc('', payload())] },
  });
  const { store, actions, dispose } = await createTestStore({ slices: [counter] });
  store.dispatch(counter.actions.add(2));
  expect(store.getState()).toEqual({ counter: 42 });
  expect(actions).toEqual([{ type: 'counter/add', payload: 2 }]);
  dispose();
});
