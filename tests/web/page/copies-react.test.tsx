// @vitest-environment jsdom
import { act, cleanup, render } from '@testing-library/react';
import type * as Isthmus from 'isthmus';
import { inc } from 'isthmus/program';
import type * as IsthmusReact from 'isthmus/react';
import type * as IsthmusRedux from 'isthmus/redux';
import { afterEach, expect, it, vi } from 'vitest';
import { Release } from '../../releases.js';
import { clearPage } from '../fresh-page.js';

const host = new Release('react-host', { version: '0.3.1' });
const remote = new Release('react-remote', { version: '0.4.0' });
afterEach(cleanup);

/** Each release with subpaths of its own, which import the `isthmus` beside them. */
async function loadBoth() {
  vi.spyOn(console, 'warn').mockImplementation(() => undefined);
  clearPage();
  const load = async (release: Release) => ({
    isthmus: await release.import<typeof Isthmus>('index.js'),
    react: await release.import<typeof IsthmusReact>('react.js'),
    redux: await release.import<typeof IsthmusRedux>('redux.js'),
  });
  return [await load(host), await load(remote)] as const;
}

it('Provider and hooks, slices, errors and Redux stores of two copies work together', async () => {
  const [mine, theirs] = await loadBoth();
  expect(theirs.react.useSharedValue).not.toBe(mine.react.useSharedValue);
  await mine.isthmus.loadEngine();
  const counter = theirs.isthmus.defineSlice({
    name: 'counter',
    initialState: { n: 1 },
    reducers: { add: [inc('/n')] },
  });
  const store = mine.isthmus.createIsolatedStore({ name: 'own', slices: [counter] });
  const Count = () => <b>{String(theirs.react.useSharedValue(['counter', 'n']))}</b>;
  const { container } = render(
    <mine.react.SharedStoreProvider store={store}>
      <Count />
    </mine.react.SharedStoreProvider>,
  );
  act(() => void store.dispatch(counter.actions.add()));
  expect(container.textContent).toBe('2');

  // A view of one copy's store is taken in as it is by a store made with the other's isthmus/redux.
  const view = store.getState()['counter'] as { n: number };
  const reducer = theirs.redux.combineReducers({ counter: counter.reducer });
  const redux = theirs.redux.createStore(reducer, { counter: view });
  expect(redux.getState().counter).toBe(view);
  redux.dispatch(counter.actions.add());
  expect([redux.getState().counter.n, view.n]).toEqual([3, 2]);

  const failures = [() => mine.isthmus.getSharedStore(), () => theirs.isthmus.getSharedStore()];
  for (const fail of failures) {
    expect(fail).toThrow(mine.isthmus.IsthmusError);
    expect(fail).toThrow(theirs.isthmus.IsthmusError);
  }

  const { applyMiddleware, compose, createStore, isthmusEnhancer, isthmusMiddleware } =
    theirs.redux;
  const enhancer = compose(isthmusEnhancer({ app: 'host' }), applyMiddleware(isthmusMiddleware));
  const shared = createStore(reducer, enhancer as never);
  expect(mine.isthmus.joinSharedStore({ app: 'cart' }).store).toBe(shared);
  expect(() => theirs.isthmus.assertShared(shared)).not.toThrow();
});
