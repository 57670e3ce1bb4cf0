// Slices of Redux Toolkit as `native` holds them in a store, beside themselves in a store of Redux Toolkit.

import { configureStore, createSlice, current, type UnknownAction } from '@reduxjs/toolkit';
import { createIsolatedStore, loadEngine, native, plain } from 'isthmus';
import { expect, it } from 'vitest';
import { randomNumbers } from '../../../web/testing/random-numbers.js';
import { Dice } from './random/data.js';
import { toolkitCases } from './toolkit-slices.js';

await loadEngine();

const seed = Number(process.env.ISTHMUS_SEED ?? Date.now() % 2 ** 31);
/** How many of each. */
const steps = Number(process.env.ISTHMUS_TOOLKIT_STEPS ?? 1_000);

it.each(toolkitCases)(
  `$name in the engine does what it does in Redux Toolkit (ISTHMUS_SEED=${seed})`,
  ({ name, reducer, action: random }) => {
    const dice = new Dice(randomNumbers(seed));
    const theirs = configureStore({ reducer, middleware: () => [] as never });
    const ours = createIsolatedStore({ name, slices: [native({ reducerPath: name, reducer })] });
    expect(ours.inspect().slices).toMatchObject([{ key: name, kind: 'native' }]);
    for (const store of [theirs, ours]) store.dispatch({ type: 'begin' }); // some note each type
    for (let step = 0; step < steps; step++) {
      const action = random(dice);
      const what = `${JSON.stringify(action)} on ${JSON.stringify(theirs.getState())}`;
      const [before, our] = [theirs.getState(), ours.read([name])];
      const failed = [theirs, ours].map((store) => attempt(store, structuredClone(action)));
      expect(failed[1] === undefined, `${what}: ${String(failed[1])}`).toBe(
        failed[0] === undefined,
      );
      const now = ours.read([name]);
      expect(JSON.stringify(plain(now)), what).toBe(JSON.stringify(theirs.getState()));
      if (theirs.getState() === before) expect(now, what).toBe(our);
    }
    ours.dispose();
  },
  180_000 + 20 * steps,
);

function attempt(store: { dispatch(action: UnknownAction): unknown }, action: UnknownAction) {
  try {
    store.dispatch(action);
    return undefined;
  } catch (error) {
    return error ?? 'nothing';
  }
}

it("Toolkit's current, returned beside a change, is refused as in Redux Toolkit", () => {
  const reducers = {
    add: (state: { n: number }) => {
      state.n += 1;
      return current(state);
    },
    copy: (state: { n: number }) => ({ ...current(state), n: 5 }),
  };
  const slice = createSlice({ name: 'count', initialState: { n: 0 }, reducers });
  const theirs = configureStore({ reducer: slice.reducer });
  const ours = createIsolatedStore({ name: 'ours', slices: [native(slice)] });
  expect(() => theirs.dispatch(slice.actions.add())).toThrow('returned a new value');
  expect(() => ours.dispatch(slice.actions.add())).toThrow('returned another value');
  expect([theirs.getState().n, ours.getState().count.n]).toEqual([0, 0]);
  theirs.dispatch(slice.actions.copy());
  ours.dispatch(slice.actions.copy());
  expect([theirs.getState().n, ours.getState().count.n]).toEqual([5, 5]);
  ours.dispose();
});
