import {
  defineSlice,
  joinSharedStore,
  loadEngine,
  type Membership,
  type Middleware,
} from 'isthmus';
import { inc, payload, reset, set, upsert } from 'isthmus/program';
import type { Action } from 'redux';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

await loadEngine();

const counting = (step: number) =>
  [
    defineSlice({ name: 'counter', initialState: 0, reducers: { add: [inc('', step)] } }),
    {
      key: 'counter',
      reducer: (state = 0, { type }: Action) => (type === 'counter/add' ? state + step : state),
    },
  ] as const;
const [native, js] = counting(1);
const [nativeByTen, jsByTen] = counting(10);
const add = native.actions.add();

const seen: string[] = [];
const spy: Middleware<object, { counter?: unknown }> =
  ({ getState }) =>
  (next) =>
  (action) => {
    seen.push(`${(action as Action).type} ${getState().counter}`);
    return next(action);
  };

const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
const warnings = () => warn.mock.calls.map(([text]) => String(text));

beforeEach(() => {
  seen.length = 0;
  warn.mockClear();
  vi.useFakeTimers();
});
afterEach(() => vi.useRealTimers());

const kinds = [
  ['native', native],
  ['js', js],
] as const;

describe.each(kinds)('a %s slice', (kind, slice) => {
  let app: Membership;
  const state = () => app.store.read(['counter']);
  const leases = () => app.store.inspect().slices[0]?.leases;
  beforeEach(() => {
    app = joinSharedStore({ app: 'app', middleware: [spy] });
  });

  it('is there at once, with its owner and its kind', () => {
    app.inject(slice);
    expect(app.store.getState()).toEqual({ counter: 0 });
    expect(app.store.inspect().slices).toEqual([
      { key: 'counter', owner: 'app', kind, leases: 1, status: 'ready' },
    ]);
  });

  it('stays as long as any lease', () => {
    const [first, second] = [app.inject(slice), app.inject(slice)];
    expect(leases()).toBe(2);
    app.store.dispatch(add);
    first.dispose();
    vi.runAllTimers();
    expect([leases(), state()]).toEqual([1, 1]);
    second.dispose();
    expect([leases(), state()]).toEqual([0, 1]);
    vi.runAllTimers();
    expect([leases(), state()]).toEqual([undefined, undefined]);
  });

  it('keeps its state over a remount, as in StrictMode', () => {
    const first = app.inject(slice);
    app.store.dispatch(add);
    first.dispose();
    app.inject(slice);
    vi.runAllTimers();
    expect([leases(), state()]).toEqual([1, 1]);
    expect(seen).toEqual(['counter/add 0']);
  });

  it('begins anew after it was torn down', () => {
    app.inject(slice).dispose();
    app.store.dispatch(add);
    vi.runAllTimers();
    app.inject(slice);
    expect(state()).toBe(0);
  });

  it('outlives its last lease by keepFor', () => {
    app.inject(slice, { keepFor: 1000 }).dispose();
    vi.advanceTimersByTime(999);
    expect(state()).toBe(0);
    vi.advanceTimersByTime(1);
    expect(state()).toBeUndefined();
  });

  it('outlives everything when it is kept for the page, but not being told', () => {
    const lease = app.inject(slice, { keepFor: 'page' });
    lease.dispose();
    vi.advanceTimersByTime(1e9);
    expect(state()).toBe(0);
    lease.dispose({ now: true });
    expect(state()).toBeUndefined();
  });

  it('goes at once when it is told to, unless somebody else holds it', () => {
    const [first, second] = [app.inject(slice), app.inject(slice)];
    first.dispose({ now: true });
    expect(state()).toBe(0);
    second.dispose({ now: true });
    expect(state()).toBeUndefined();
    expect(vi.getTimerCount()).toBe(0);
  });

  it('a lease that is disposed of twice counts once, and is reported once', () => {
    const [first] = [app.inject(slice), app.inject(slice)];
    first.dispose();
    expect(warnings()).toEqual([]);
    first.dispose();
    first.dispose({ now: true });
    vi.runAllTimers();
    expect([leases(), state()]).toEqual([1, 0]);
    expect(warnings()).toEqual([
      expect.stringMatching(/lease of 'app' on 'counter' was given back before.*does nothing\.$/),
    ]);
  });

  it('a stale lease does not touch a later slice under the same key, and is reported', () => {
    const stale = app.inject(slice);
    stale.dispose({ now: true });
    app.inject(slice);
    stale.dispose({ now: true });
    expect([leases(), state()]).toEqual([1, 0]);
    expect(warnings()).toHaveLength(1);
  });

  it('keeps what an earlier injection asked for, when a later one asks for nothing', () => {
    app.inject(slice, { keepFor: 'page' }).dispose();
    app.inject(slice).dispose();
    vi.advanceTimersByTime(1e9);
    expect(state()).toBe(0);
    app.inject(slice, { keepFor: 5 }).dispose();
    vi.advanceTimersByTime(5);
    expect(state()).toBeUndefined();
  });

  it('its teardown is dispatched while it still exists, through the middleware', () => {
    app.inject(slice).dispose({ now: true });
    expect(seen).toEqual(['counter/teardown 0']);
  });

  it('stays when it is leased again during its teardown', () => {
    const lease = app.inject(slice);
    const stop = app.store.subscribe(() => void app.inject(slice));
    lease.dispose({ now: true });
    stop();
    expect([leases(), state()]).toEqual([1, 0]);
  });

  it('goes once when it is released again during its teardown', () => {
    const lease = app.inject(slice);
    app.store.subscribe(() => lease.dispose({ now: true }));
    lease.dispose({ now: true });
    expect(seen).toEqual(['counter/teardown 0']);
    expect(state()).toBeUndefined();
  });

  it('goes even when a listener throws at its teardown', () => {
    const lease = app.inject(slice);
    const stop = app.store.subscribe(() => {
      throw new Error('listener');
    });
    vi.spyOn(console, 'error').mockImplementation(() => undefined);
    expect(() => lease.dispose({ now: true })).toThrow('listener');
    stop();
    expect(app.store.inspect().slices).toEqual([]);
    app.inject(slice);
    expect(state()).toBe(0);
  });

  it('comes even when a listener throws at its arrival, which is reported', async () => {
    const report = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const stop = app.store.subscribe(() => {
      throw new Error('listener');
    });
    const lease = app.inject(slice);
    stop();
    await Promise.resolve();
    expect(report).toHaveBeenCalledWith(new Error('listener'));
    expect([leases(), state()]).toEqual([1, 0]);
    lease.dispose({ now: true });
    expect(state()).toBeUndefined();
  });
});

describe('the same owner', () => {
  it.each([
    ['native', native, nativeByTen],
    ['js', js, jsByTen],
  ])('replaces the reducer of a %s slice and keeps its state', (_kind, before, after) => {
    const { inject, store } = joinSharedStore({ app: 'app' });
    inject(before);
    store.dispatch(add);
    inject(after);
    expect(store.read(['counter'])).toBe(1);
    store.dispatch(add);
    expect(store.read(['counter'])).toBe(11);
    expect(store.inspect().leases).toBe(2);
    inject(before);
    expect(warnings()).toEqual([
      expect.stringMatching(/'app' injected another version of its slice 'counter'/),
    ]);
  });

  it.each([
    ['native', native, nativeByTen],
    ['js', js, jsByTen],
  ])('puts another version of a %s slice in place by its lease', (_kind, before, after) => {
    const { inject, store } = joinSharedStore({ app: 'app' });
    const lease = inject(before);
    store.dispatch(add);
    lease.replace(after);
    store.dispatch(add);
    expect([store.read(['counter']), store.inspect().leases]).toEqual([11, 1]);
    expect(warnings()).toEqual([]);
    lease.dispose({ now: true });
    expect(() => lease.replace(before)).toThrow(expect.objectContaining({ code: 'disposed' }));
  });

  it('cannot put a slice of another key or kind in place', () => {
    const { inject, store } = joinSharedStore({ app: 'app' });
    const lease = inject(native);
    expect(() => lease.replace({ key: 'other', reducer: () => 1 })).toThrow(
      /'counter' cannot take the slice 'other'/,
    );
    expect(() => lease.replace(js)).toThrow(expect.objectContaining({ code: 'slice-exists' }));
    expect(store.getState()).toEqual({ counter: 0 });
  });

  it('replaces initial state, index and action types, too', () => {
    interface Item {
      id: string;
      qty: number;
    }
    const version = (n: number, initialState: Item[], index = {}) =>
      defineSlice({
        name: 'items',
        initialState,
        index,
        reducers: {
          [`put${n}`]: [upsert('', { by: 'id', value: payload() as never })],
          clear: [reset()],
        },
      });
    const { inject, store } = joinSharedStore({ app: 'app' });
    const put = (version: number, item: Item) =>
      store.dispatch({ type: `items/put${version}`, payload: item } as Action);
    const lease = inject(version(1, [], {}));
    put(1, { id: 'a', qty: 1 });
    lease.replace(version(2, [{ id: 'first', qty: 0 }], { '': ['id'] }));
    put(1, { id: 'b', qty: 1 });
    put(2, { id: 'a', qty: 2 });
    put(2, { id: 'c', qty: 3 });
    put(2, { id: 'c', qty: 4 });
    expect(store.read(['items'])).toEqual([
      { id: 'a', qty: 2 },
      { id: 'c', qty: 4 },
    ]);
    store.dispatch({ type: 'items/clear' });
    expect(store.read(['items'])).toEqual([{ id: 'first', qty: 0 }]);
  });

  it.each([
    ['native slice into a JS one', native, jsByTen],
    ['JS slice into a native one', js, nativeByTen],
  ])('cannot turn a %s while it is injected', (_what, before, after) => {
    const { inject, store } = joinSharedStore({ app: 'app' });
    const lease = inject(before);
    store.dispatch(add);
    expect(() => inject(after)).toThrow(expect.objectContaining({ code: 'slice-exists' }));
    expect([store.getState(), store.inspect().leases]).toEqual([{ counter: 1 }, 1]);
    lease.dispose({ now: true });
    inject(after);
    store.dispatch(add);
    expect(store.getState()).toEqual({ counter: 10 });
  });

  it('brings the new action types with a native reducer', () => {
    const { inject, store } = joinSharedStore({ app: 'app' });
    inject(native);
    const changed = { reducers: { put: [set('', payload())] } };
    const next = defineSlice({ name: 'counter', initialState: 0, ...changed });
    inject(next);
    store.dispatch(next.actions.put(7));
    store.dispatch(add);
    expect(store.read(['counter'])).toBe(7);
  });
});

it('an injection that fails leaves no trace', () => {
  const { inject, store } = joinSharedStore({ app: 'app' });
  const reducer = () => {
    throw new Error('cannot begin');
  };
  expect(() => inject({ key: 'counter', reducer })).toThrow('cannot begin');
  expect(store.inspect()).toMatchObject({ slices: [], leases: 0 });
  inject(native);
  expect(store.read(['counter'])).toBe(0);
});
