import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { createIsolatedStore, defineSlice, joinSharedStore, loadEngine, type Path } from 'isthmus';
import { payload, set, unset } from 'isthmus/program';
import { describe, expect, it, vi } from 'vitest';

await loadEngine();

const initialState = { a: { b: 1, list: [{ x: 1 }] }, other: 0 };
const native = defineSlice({
  name: 'native',
  initialState: initialState as typeof initialState & Record<string, unknown>,
  reducers: {
    put: [set([payload('key')], payload('value'))],
    b: [set('/a/b', payload())],
    x: [set('/a/list/0/x', payload())],
    unset: [unset([payload('key')])],
  },
});
const { put, b, x } = native.actions;

interface JsAction {
  type: string;
  state?: unknown;
}
const initial = { a: { b: 1 }, other: 0 };
const js = (state: unknown = initial, { type, state: next }: JsAction): unknown =>
  type === 'js/put' ? next : state;
const putJs = (state: unknown) => ({ type: 'js/put', state });

const open = () => createIsolatedStore({ name: 'app', slices: [native], reducers: { js } });

/** A store and how often each path's listener was called. */
function watching(...paths: Path[]) {
  const store = open();
  const listeners = paths.map(() => vi.fn());
  paths.forEach((path, i) => store.watch(path, listeners[i]!));
  return { store, counts: () => listeners.map((listener) => listener.mock.calls.length) };
}

describe('watch', () => {
  it('calls for the value, what is above it and what is below it, and for nothing else', () => {
    const paths = [
      [],
      ['native'],
      ['native', 'a'],
      ['native', 'a', 'b'],
      ['native', 'a', 'b', 'c'],
    ];
    const { store, counts } = watching(
      ...paths,
      ['native', 'other'],
      ['native', 'a', 'list'],
      ['js'],
    );
    store.dispatch(b(2));
    expect(counts()).toEqual([1, 1, 1, 1, 0, 0, 0, 0]);
  });

  it('looks into arrays, by number or by text', () => {
    const { store, counts } = watching(
      ['native', 'a', 'list', 0, 'x'],
      ['native', 'a', 'list', '0'],
      ['native', 'a', 'list', 1],
    );
    store.dispatch(x(2));
    expect(counts()).toEqual([1, 1, 0]);
  });

  it('does not call when an equal value was written', () => {
    const { store, counts } = watching([], ['native']);
    store.dispatch(b(1));
    store.dispatch(put({ key: 'a', value: initialState.a }));
    expect(counts()).toEqual([0, 0]);
  });

  it('calls when an absent path appears, and when it goes', () => {
    const { store, counts } = watching(['native', 'new', 'deep']);
    store.dispatch(put({ key: 'new', value: { deep: 1 } }));
    expect(counts()).toEqual([1]);
    store.dispatch(put({ key: 'new', value: {} }));
    expect(counts()).toEqual([2]);
    store.dispatch(native.actions.unset({ key: 'new' }));
    expect(counts()).toEqual([2]);
  });

  it('compares the parts of a JS slice by reference', () => {
    const { store, counts } = watching([], ['js'], ['js', 'a'], ['js', 'a', 'b'], ['native']);
    store.dispatch(putJs({ ...initial, other: 1 }));
    expect(counts()).toEqual([1, 1, 0, 0, 0]);
    store.dispatch(putJs({ a: { b: 1 }, other: 1 }));
    expect(counts()).toEqual([2, 2, 1, 0, 0]);
    store.dispatch(putJs({ a: null }));
    expect(counts()).toEqual([3, 3, 2, 1, 0]);
  });

  it('calls a listener on the root once when slices of both kinds change', () => {
    const both = defineSlice({
      name: 'n',
      initialState: 0,
      reducers: {},
      on: { go: [set('', 1)] },
    });
    const reducers = { j: (state = 0, { type }: { type: string }) => (type === 'go' ? 1 : state) };
    const store = createIsolatedStore({ name: 'app', slices: [both], reducers });
    const listener = vi.fn();
    store.watch([], listener);
    store.dispatch({ type: 'go' });
    expect(listener).toHaveBeenCalledTimes(1);
  });

  it.each([
    ['native', () => native],
    ['js', () => ({ key: 'js', reducer: js })],
  ] as const)('calls when a %s slice comes and goes', (key, slice) => {
    const { store, inject } = joinSharedStore({ app: 'a' });
    const [onSlice, onPart] = [vi.fn(), vi.fn()];
    store.watch([key], onSlice);
    store.watch([key, 'a', 'b'], onPart);
    const lease = inject(slice());
    expect([onSlice, onPart].map(({ mock }) => mock.calls.length)).toEqual([1, 1]);
    lease.dispose({ now: true });
    expect([onSlice, onPart].map(({ mock }) => mock.calls.length)).toEqual([2, 2]);
    expect(store.read([key])).toBeUndefined();
  });

  it('calls before the subscribers, without arguments, and shows the new state', () => {
    const store = open();
    const calls: unknown[] = [];
    store.subscribe(() => calls.push('subscriber'));
    store.watch(['native', 'a', 'b'], (...args: unknown[]) => {
      calls.push(args, store.read(['native', 'a', 'b']));
    });
    store.dispatch(b(2));
    expect(calls).toEqual([[], 2, 'subscriber']);
  });

  it('does not call a listener that another one has just removed', () => {
    const store = open();
    const second = vi.fn();
    store.watch(['native'], () => stop());
    const stop = store.watch(['native'], second);
    store.dispatch(b(2));
    expect(second).not.toHaveBeenCalled();
  });

  it('is ended once, and twice is harmless', () => {
    const { store } = watching(['native'], ['js']);
    const stops = [store.watch(['native'], vi.fn()), store.watch(['js'], vi.fn())];
    expect(store.inspect().watchers).toBe(4);
    stops.forEach((stop) => (stop(), stop()));
    expect(store.inspect().watchers).toBe(2);
  });

  it('lets a listener dispatch', () => {
    const store = open();
    const seen: unknown[] = [];
    store.watch(['native', 'a', 'b'], () => {
      const value = store.read(['native', 'a', 'b']) as number;
      seen.push(value);
      if (value < 4) store.dispatch(b(value + 1));
    });
    store.dispatch(b(2));
    expect(seen).toEqual([2, 3, 4]);
  });
});

describe('a listener that renews itself whenever it is called', () => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const heap = () => {
    collect();
    return process.memoryUsage().heapUsed;
  };

  it('leaves nothing behind', () => {
    const store = open();
    let stop = () => {};
    let calls = 0;
    const renew = () => {
      calls += 1;
      stop();
      stop = store.watch(['native', 'a', 'b'], renew);
    };
    // Without another one the path itself would be forgotten in between.
    store.watch(['native', 'a', 'b'], () => undefined);
    renew();
    const rounds = (count: number) => {
      for (let i = 0; i < count; i++) store.dispatch(b(i));
    };
    rounds(2_000);
    const before = heap();
    rounds(20_000);
    expect(heap() - before).toBeLessThan(500_000);
    expect(calls).toBe(22_001);
  });
});

describe('read', () => {
  it.each<[Path, unknown]>([
    [['native', 'a', 'b'], 1],
    [['native', 'a', 'list', 0, 'x'], 1],
    [['native', 'a', 'list', '0', 'x'], 1],
    [['native', 'a', 'list', '00'], undefined],
    [['native', 'a', 'list', 'length'], undefined],
    [['native', 'toString'], undefined],
    [['native', 'a', 'b', 'c'], undefined],
    [['js', 'a', 'b'], 1],
    [['js', 'toString'], undefined],
    [['js', 'a', 'b', 'c'], undefined],
    [['absent'], undefined],
    [[], { native: initialState, js: initial }],
  ])('%j gives %j', (path, value) => {
    expect(open().read(path)).toEqual(value);
  });
});
