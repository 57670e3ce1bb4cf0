// @vitest-environment jsdom
import { configureStore, createSlice, type UnknownAction } from '@reduxjs/toolkit';
import { defineSlice, getSharedStore, IsthmusError, joinSharedStore, loadEngine } from 'isthmus';
import { inc } from 'isthmus/program';
import { isthmusMiddleware } from 'isthmus/redux';
import { withIsthmus } from 'isthmus/toolkit';
import type { Middleware, StoreEnhancer } from 'redux';
import { afterEach, describe, expect, it } from 'vitest';

await loadEngine();

const counter = defineSlice({ name: 'counter', initialState: 0, reducers: { add: [inc('')] } });
const user = createSlice({
  name: 'user',
  initialState: { name: 'Ada' },
  reducers: { rename: (state, { payload }: { payload: string }) => void (state.name = payload) },
});
const reducer = { user: user.reducer };

const ends: (() => void)[] = [];
afterEach(() => ends.splice(0).forEach((end) => end()));

/** Until the end of the test. */
function kept<Store extends { dispose(): void }>(store: Store): Store {
  ends.push(() => store.dispose());
  return store;
}

describe('configureStore(withIsthmus(...))', () => {
  it("makes the page's store, which others join, of a reducer alone", () => {
    const store = kept(configureStore(withIsthmus({ reducer }, { app: 'host' })));
    expect(getSharedStore()).toBe(store);
    const { leave } = joinSharedStore({ app: 'remote', slices: [counter] });
    store.dispatch(counter.actions.add());
    expect(store.dispatch((_dispatch, getState) => getState().user.name)).toBe('Ada');
    expect([store.read(counter, (n) => n), store.read(['user', 'name'])]).toEqual([1, 'Ada']);
    leave();
  });

  it('makes an isolated store without an app', () => {
    const store = kept(configureStore(withIsthmus({ reducer })));
    expect(store.name).toBe('redux');
    expect(() => getSharedStore()).toThrow(/no app has joined/);
  });

  it('keeps the middleware and enhancers of the options, inside and outside of its own', () => {
    const seen: string[] = [];
    const note: Middleware = () => (next) => (action) => {
      seen.push((action as UnknownAction).type);
      return next(action);
    };
    const counted: StoreEnhancer<{ count: number }> =
      (create) =>
      (...args) => ({ ...create(...args), count: 5 });
    const store = kept(
      configureStore(
        withIsthmus(
          {
            reducer,
            middleware: (defaults) => defaults({ thunk: { extraArgument: 'extra' } }).concat(note),
            enhancers: (defaults) => defaults({ autoBatch: false }).concat(counted),
            preloadedState: { user: { name: 'Eve' } },
            devTools: false,
          },
          { name: 'checkout', slices: [counter] },
        ),
      ),
    );
    expect([store.name, store.count, store.getState().user.name]).toEqual(['checkout', 5, 'Eve']);
    expect(store.dispatch((_dispatch, _getState, extra) => extra)).toBe('extra');
    store.dispatch(user.actions.rename('Ada'));
    expect(seen).toEqual(['user/rename']);
    expect(store.inspect().slices.map(({ key }) => key)).toContain('counter');
  });

  it('takes lists as callbacks may give them, also with its own middleware in them', () => {
    const options = {
      reducer,
      middleware: () => [isthmusMiddleware],
      enhancers: (defaults: () => unknown[]) => [...defaults()],
    };
    const made = configureStore(withIsthmus<unknown>(options as never));
    const store = kept(made);
    store.dispatch(user.actions.rename('Eve'));
    expect(store.read(['user', 'name'])).toBe('Eve');
  });

  it('leaves to configureStore what is none of its options', () => {
    const wrong = { reducer, middleware: [] } as never;
    expect(() => configureStore(withIsthmus(wrong))).toThrow(
      /`middleware` field must be a callback/,
    );
    const noEnhancers = { reducer, enhancers: [] } as never;
    expect(() => configureStore(withIsthmus(noEnhancers))).toThrow(
      /`enhancers` field must be a callback/,
    );
  });

  it('says what is wrong with what is told to Isthmus', () => {
    expect(() => withIsthmus({ reducer }, 'host' as never)).toThrow(IsthmusError);
    kept(configureStore(withIsthmus({ reducer }, { app: 'host' })));
    const second = () => configureStore(withIsthmus({ reducer }, { app: 'other' }));
    expect(second).toThrow(expect.objectContaining({ code: 'store-exists' }));
  });
});
