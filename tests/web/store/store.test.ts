import {
  createIsolatedStore,
  defineSlice,
  loadEngine,
  ReducerError,
  type Middleware,
} from 'isthmus';
import { inc, payload, set } from 'isthmus/program';
import type { Action } from 'redux';
import { describe, expect, it, vi } from 'vitest';

await loadEngine();

const native = defineSlice({
  name: 'native',
  initialState: { n: 0 },
  reducers: { put: [set('/n', payload())] },
  on: { both: [inc('/n')], broken: [set('/n', 9), inc('/missing' as string)] },
});

const boom = new Error('boom');
function js(state = { n: 0 }, action: Action): { n: number } {
  if (action.type === 'throw') throw boom;
  return ['both', 'broken'].includes(action.type) ? { n: state.n + 1 } : state;
}

const open = (extra: Record<string, (state: never, action: never) => unknown> = {}) =>
  createIsolatedStore({ name: 'app', slices: [native], reducers: { js, ...extra } });

describe('native and JS slices side by side', () => {
  it('change with one dispatch', () => {
    const store = open();
    const seen: unknown[] = [];
    store.subscribe(() => seen.push(store.getState()));
    store.dispatch({ type: 'both' });
    expect(seen).toEqual([{ native: { n: 1 }, js: { n: 1 } }]);
  });

  it('an exception of a JS reducer is the very same, and changes no slice', () => {
    const late = (state = 0, { type }: Action): number => {
      if (type === 'both') throw boom;
      return state;
    };
    const store = open({ late });
    const before = store.getState();
    expect(thrownBy(() => store.dispatch({ type: 'both' }))).toBe(boom);
    expect(store.getState()).toBe(before);
    store.dispatch(native.actions.put(5));
    expect(store.read(['native', 'n'])).toBe(5);
  });

  it('a JS reducer that returns undefined is named, and changes no slice', () => {
    const store = open({
      gone: (state = 0, { type }: Action) => (type === 'both' ? undefined : state),
    });
    const before = store.getState();
    expect(() => store.dispatch({ type: 'both' })).toThrow(/"both".*key "gone" returned undefined/);
    expect(store.getState()).toBe(before);
  });

  it('a step that cannot apply is an error with its place, and changes no slice', () => {
    const store = open();
    const before = store.getState();
    const error = thrownBy(() => store.dispatch({ type: 'broken' }));
    expect(error).toBeInstanceOf(ReducerError);
    expect(error).toMatchObject({
      code: 'step-failed',
      slice: 'native',
      action: 'broken',
      step: '/1',
      path: '/missing',
      message: expect.stringMatching(
        /^slice 'native', action 'broken', step \/1: .*\(at \/missing\)$/,
      ),
    });
    expect(store.getState()).toBe(before);
    store.dispatch({ type: 'both' });
    expect(store.getState()).toEqual({ native: { n: 1 }, js: { n: 1 } });
  });

  it('stand in the state in the order of their injection', () => {
    expect(Object.keys(open({ a: () => 0 }).getState())).toEqual(['native', 'js', 'a']);
  });

  it('a JS slice keeps its state by reference, whatever it is', () => {
    const held = { at: new Date(0), map: new Map(), self: undefined as unknown };
    held.self = held;
    const store = open({ held: () => held });
    expect(store.read(['held'])).toBe(held);
    expect(store.getState().held).toBe(held);
    expect(Object.isFrozen(held)).toBe(false);
  });

  it('a JS slice gets actions that are no data, and a native one only its own', () => {
    const store = open();
    const dispatch = () => store.dispatch({ type: 'both-not', payload: () => 0 } as Action);
    expect(dispatch).not.toThrow();
    expect(() => store.dispatch(native.actions.put((() => 0) as never))).toThrow(
      /a function is not data/,
    );
  });
});

describe('a listener that throws', () => {
  it('stops nobody, and the first error is rethrown at the end', () => {
    const store = open();
    const calls: string[] = [];
    const failing = (name: string) => () => {
      calls.push(name);
      throw new Error(name);
    };
    store.subscribe(failing('listener'));
    store.subscribe(() => calls.push('last'));
    store.watch(['native'], failing('watcher'));
    expect(() => store.dispatch({ type: 'both' })).toThrow('watcher');
    expect(calls).toEqual(['watcher', 'listener', 'last']);
    expect(store.getState()).toEqual({ native: { n: 1 }, js: { n: 1 } });
  });
});

describe('hydrate', () => {
  it('replaces the state through an action that middleware sees', () => {
    const seen: unknown[] = [];
    const spy: Middleware = () => (next) => (action) => (seen.push(action), next(action));
    const store = createIsolatedStore({ name: 'app', slices: [native], middleware: [spy] });
    store.hydrate('native', { n: 7 });
    expect(store.getState()).toEqual({ native: { n: 7 } });
    const payload = { key: 'native', snapshot: { n: 7 } };
    expect(seen).toEqual([{ type: '@@isthmus/hydrate', payload }]);
  });

  it('takes a view, and gives a JS slice the very snapshot', () => {
    const store = open();
    const snapshot = { n: 3 };
    store.hydrate('js', snapshot);
    expect(store.read(['js'])).toBe(snapshot);
    const view = store.read(['native']);
    store.dispatch({ type: 'both' });
    store.hydrate('native', view);
    expect(store.read(['native'])).toEqual({ n: 0 });
  });

  it('makes a slice ready', () => {
    const store = open();
    store.markLoading('native');
    store.hydrate('native', { n: 1 });
    expect(store.status('native')).toBe('ready');
  });

  it('of an absent slice, or with what is no data, is an error and changes nothing', () => {
    const store = open();
    const before = store.getState();
    expect(() => store.hydrate('absent', {})).toThrow(/'absent' is not injected/);
    expect(() => store.hydrate('native', { at: new Date(0) })).toThrow(/\(at \/at\)/);
    expect(store.getState()).toBe(before);
    store.dispatch({ type: 'both' });
    expect(store.read(['native', 'n'])).toBe(1);
  });
});

it('replaceReducer says what to do instead', () => {
  const { replaceReducer } = open() as unknown as { replaceReducer(reducer: unknown): void };
  expect(() => replaceReducer(js)).toThrow(/inject slices/);
});

it('the methods of a store may be taken off it', () => {
  const { dispatch, getState, read, subscribe, watch, status } = open();
  const listener = vi.fn();
  subscribe(listener);
  watch(['native'], listener);
  dispatch({ type: 'both' });
  expect(listener).toHaveBeenCalledTimes(2);
  expect([getState(), read(['js', 'n']), status('js')]).toMatchObject([
    { js: { n: 1 } },
    1,
    'ready',
  ]);
});

describe('a store that is disposed of', () => {
  it('dispatches the teardown of its slices, once', () => {
    const seen: string[] = [];
    const spy: Middleware = () => (next) => (action) => {
      seen.push((action as Action).type);
      return next(action);
    };
    const store = createIsolatedStore({
      name: 'app',
      slices: [native],
      reducers: { js },
      middleware: [spy],
    });
    store.dispose();
    store.dispose();
    expect(seen).toEqual(['native/teardown', 'js/teardown']);
  });

  it('goes to its end when a teardown throws, and says so', () => {
    const failing = (state = 0, { type }: Action): number => {
      if (type === 'failing/teardown') throw boom;
      return state;
    };
    const last = vi.fn((state = 0) => state);
    const store = createIsolatedStore({ name: 'app', reducers: { failing, last } });
    expect(thrownBy(() => store.dispose())).toBe(boom);
    expect(last).toHaveBeenLastCalledWith(0, { type: 'last/teardown' });
  });

  it('lets its subscriptions be ended afterwards', () => {
    const store = open();
    const stops = [store.subscribe(vi.fn()), store.watch(['native'], vi.fn())];
    store.dispose();
    expect(() => stops.forEach((stop) => stop())).not.toThrow();
  });
});

function thrownBy(call: () => unknown): unknown {
  try {
    call();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}
