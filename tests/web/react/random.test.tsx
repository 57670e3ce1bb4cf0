// @vitest-environment jsdom
import { act, cleanup, render } from '@testing-library/react';
import { createIsolatedStore, loadEngine } from 'isthmus';
import { SharedStoreProvider, useSharedSelector } from 'isthmus/react';
import { afterEach, expect, it } from 'vitest';
import { randomNumbers } from '../engine/random-values.js';

await loadEngine();
afterEach(cleanup);

const seed = Number(process.env.ISTHMUS_SEED ?? Date.now() % 2 ** 31);
const random = randomNumbers(seed);
const below = (end: number) => Math.floor(random() * end);

type State = Readonly<Record<string, number | undefined>>;
type Selector = (state: State) => unknown;

const KEYS = ['a', 'b', 'c', 'd'];
const pickKey = () => KEYS[below(KEYS.length)]!;

/** Two slices: the value of the first decides which others are read. */
function branching(): Selector {
  const [test, then, otherwise] = [pickKey(), pickKey(), pickKey()];
  const at = below(3);
  return (state) => ((state[test] ?? 0) > at ? state[then] : [state[otherwise]].join());
}

/** Skips its reads for every root that it knows, as memoised selectors do. */
function memoised(selector: Selector): Selector {
  const known = new WeakMap<State, { value: unknown }>();
  return (root) => {
    let run = known.get(root);
    if (run === undefined) known.set(root, (run = { value: selector(root) }));
    return run.value;
  };
}

const made: Selector[] = Array.from({ length: 6 }, () => memoised(branching()));
const pickMade = () => made[below(made.length)]!;

function randomSelector(): Selector {
  const kinds: (() => Selector)[] = [
    branching,
    pickMade,
    () => {
      const [inner, key, at] = [pickMade(), pickKey(), below(3)];
      return (state) => ((state[key] ?? 0) > at ? inner(state) : key);
    },
    () => (state) => Object.keys(state).length,
  ];
  return kinds[below(kinds.length)]!();
}

it(`components show what a plain run of their selectors gives (ISTHMUS_SEED=${seed})`, () => {
  const store = createIsolatedStore({ name: 'app' });
  const reducerOf = (key: string) => (state: number | undefined, action: { set?: string[] }) =>
    action.set?.includes(key) ? below(4) : (state ?? 0);
  const Shown = ({ selector }: { selector: Selector }) => (
    <i>{String(useSharedSelector(selector))}</i>
  );
  let selectors = Array.from({ length: 30 }, randomSelector);
  const tree = () => (
    <SharedStoreProvider store={store}>
      {selectors.map((selector, i) => (
        <Shown key={i} selector={selector} />
      ))}
    </SharedStoreProvider>
  );
  const { container, rerender } = render(tree());
  const isInjected = new Set<string>();
  for (let round = 0; round < 300; round++) {
    act(() => {
      const key = pickKey();
      if (below(8) > 0) return void store.dispatch({ type: 'set', set: [key, pickKey()] } as never);
      if (isInjected.delete(key)) return store.unregisterReducer(key);
      isInjected.add(key);
      store.registerReducer(key, reducerOf(key) as never);
    });
    if (below(5) === 0) {
      selectors = selectors.map((selector) => (below(4) === 0 ? randomSelector() : selector));
      rerender(tree());
    }
    const shown = [...container.querySelectorAll('i')].map((it) => it.textContent);
    // A copy is a root that no memoised selector knows.
    const expected = selectors.map((run) => String(run({ ...store.getState() } as State)));
    expect(shown).toEqual(expected);
  }
});
