import { readFileSync } from 'node:fs';
import { configureStore, createSlice } from '@reduxjs/toolkit';
import { createIsolatedStore, loadEngine, native, type Middleware } from 'isthmus';
import * as isthmusRedux from 'isthmus/redux';
import { createTestHub, createTestStore } from 'isthmus/testing';
import { withIsthmus } from 'isthmus/toolkit';
import * as redux from 'redux';
import thunk from 'redux-thunk';
import { describe, expect, it } from 'vitest';

await loadEngine();
const count = (state = 0, { type }: redux.AnyAction) => (type === 'count/up' ? state + 1 : state);
const up = { type: 'count/up' };
const rtk = createSlice({
  name: 'list',
  initialState: [] as string[],
  reducers: { add: (state, { payload }: { payload: string }) => void state.push(payload) },
});
/** Slices of Redux Toolkit 1.9 do not say under which key they stand. */
const named = (slice: typeof rtk) => ({ ...slice, reducerPath: slice.name });
const versionOf = (name: string) =>
  (
    JSON.parse(
      readFileSync(`${import.meta.dirname}/node_modules/${name}/package.json`, 'utf8'),
    ) as { version: string }
  ).version;

it('Redux here is 4.2.1, and Redux Toolkit 1.9.7', () => {
  expect([versionOf('redux'), versionOf('@reduxjs/toolkit')]).toEqual(['4.2.1', '1.9.7']);
});

describe('stores of isthmus', () => {
  it('take reducers, thunks and slices of Redux Toolkit 1.9', () => {
    const slices = [{ key: 'count', reducer: count }, named(rtk)];
    const middleware: readonly Middleware[] = [thunk as never];
    const store = createIsolatedStore({ name: 'own', slices, middleware });
    store.dispatch(((dispatch: redux.Dispatch) => dispatch(up)) as never);
    store.dispatch(rtk.actions.add('tea'));
    expect(store.getState()).toEqual({ count: 1, list: ['tea'] });
    store.dispose();
  });

  it('hold a slice of Redux Toolkit 1.9 in the engine', () => {
    const store = createIsolatedStore({ name: 'own', slices: [native(named(rtk))] });
    store.dispatch(rtk.actions.add('tea'));
    expect(store.getState()).toEqual({ list: ['tea'] });
    store.dispose();
  });

  it('refuse one that does not say its key', () => {
    const bring = () => createIsolatedStore({ name: 'own', slices: [rtk as never] });
    expect(bring).toThrow(
      /a slice comes from defineSlice or Redux Toolkit, or is { key, reducer }/,
    );
  });

  it('agree across tabs', async () => {
    const hub = createTestHub();
    const contract = { 'count/up': {} };
    const slices = [
      { key: 'count', reducer: count, actions: { up: { type: 'count/up' } } },
    ] as never;
    const [a, b] = [
      await createTestStore({ hub, slices, contract }),
      await createTestStore({ hub, slices, contract }),
    ];
    a.store.dispatch({ ...up, meta: { crossApp: true } } as never);
    hub.flush();
    expect(b.store.getState()).toEqual({ count: 1 });
    a.dispose();
    b.dispose();
  });
});

describe('isthmus/redux', () => {
  const { applyMiddleware, combineReducers, compose, isthmusEnhancer, isthmusMiddleware } =
    isthmusRedux;
  const reducer = () => combineReducers({ count } as never);

  it.each([
    ['its own createStore', isthmusRedux.createStore],
    ['its own legacy_createStore', isthmusRedux.legacy_createStore],
  ])('extends a store of Redux 4 by %s', (_name, createStore) => {
    const store = createStore(reducer(), applyMiddleware(thunk as never));
    store.registerReducer('list', rtk.reducer as never);
    store.dispatch(up as never);
    expect(store.read(['count'])).toBe(1);
    expect(store.getState()).toEqual({ count: 1, list: [] });
  });

  it("its enhancer extends what Redux 4's createStore makes", () => {
    const enhancer = compose(
      isthmusEnhancer({ name: 'own' }),
      applyMiddleware(thunk as never, isthmusMiddleware),
    );
    const store = redux.createStore(reducer() as never, enhancer as never) as ReturnType<
      typeof isthmusRedux.createStore
    > & { dispose(): void };
    store.dispatch(((dispatch: redux.Dispatch) => dispatch(up)) as never);
    store.registerReducer('list', rtk.reducer as never);
    expect(store.getState()).toEqual({ count: 1, list: [] });
    store.dispose();
  });

  it('exports what Redux 4 has: no isAction and no isPlainObject', () => {
    const ours = ['isthmusEnhancer', 'isthmusMiddleware'];
    const names = Object.keys(redux).filter((name) => !/^(default|__esModule)$/.test(name));
    expect(
      Object.keys(isthmusRedux)
        .filter((name) => !/^(default|__esModule)$/.test(name))
        .sort(),
    ).toEqual([...names, ...ours].sort());
    expect(names).not.toContain('isAction');
    expect(names).not.toContain('isPlainObject');
  });
});

it('withIsthmus works with configureStore of Redux Toolkit 1.9', () => {
  const options = withIsthmus({ reducer: { count } } as never, { name: 'rtk' });
  const store = configureStore(options as never) as ReturnType<typeof isthmusRedux.createStore>;
  store.dispatch(((dispatch: redux.Dispatch) => dispatch(up)) as never);
  store.registerReducer('list', rtk.reducer as never);
  expect(store.getState()).toEqual({ count: 1, list: [] });
});
