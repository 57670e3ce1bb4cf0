import * as redux from 'redux';
import type { Action, Reducer, Store } from 'redux';
import { describe, expect, it } from 'vitest';
import { modules, type Reducers } from './semantics-makers.js';
import { outcomeOf } from './outcome.js';

type Api = Pick<typeof redux, 'createStore'> & { combineReducers(reducers: Reducers): Reducer };

const count: Reducer<number> = (state = 0, { type }) => (type === 'up' ? state + 1 : state);
const list: Reducer<string[]> = (state = []) => state;
const unknown = { type: 'unknown' };

describe.each(modules)('what combineReducers of %s says', (_name, api) => {
  /** The outcome of a call, which must be that of Redux: errors and warnings to the letter. */
  function sameAsRedux(call: (api: Api) => unknown) {
    const outcome = outcomeOf(() => call(api as Api));
    expect(outcome).toEqual(outcomeOf(() => call(redux as Api)));
    return outcome;
  }

  const oneWarning = (call: (api: Api) => unknown) => {
    const { warnings, error } = sameAsRedux(call);
    expect(error).toBe(undefined);
    expect(warnings).toHaveLength(1);
    return warnings[0];
  };

  it('warns of a key without a reducer, when it is made', () => {
    const warning = oneWarning(({ combineReducers }) => {
      combineReducers({ count, missing: undefined as never });
    });
    expect(warning).toBe('No reducer provided for key "missing"');
  });

  it.each([null, 7, 'text', {}, []])('leaves %j, which is no reducer, out in silence', (value) => {
    const { returned } = sameAsRedux(({ combineReducers }) =>
      combineReducers({ count, wrong: value as never })({ count: 1 }, unknown),
    );
    expect(returned).toEqual({ count: 1 });
  });

  it('throws, once it is called, when a reducer has no initial state', () => {
    const { error } = sameAsRedux(({ combineReducers }) => {
      const reducer = combineReducers({ count, none: () => undefined });
      return reducer({ count: 1, none: 1 }, unknown);
    });
    expect(error).toMatch(
      /^Error: The slice reducer for key "none" returned undefined during initialization\./,
    );
  });

  it('is made in silence when a reducer has no initial state', () => {
    expect(
      sameAsRedux(({ combineReducers }) => typeof combineReducers({ none: () => undefined })),
    ).toEqual({ returned: 'function', warnings: [] });
  });

  it('throws when a reducer knows the init action only', () => {
    const { error } = sameAsRedux(({ combineReducers }) => {
      const fond = (state: unknown, { type }: Action) => (/INIT/.test(type) ? 0 : state);
      return combineReducers({ fond })({ fond: 1 }, unknown);
    });
    expect(error).toMatch(/"fond" returned undefined when probed with a random type\./);
  });

  it('throws what a reducer threw when it was probed, at each call', () => {
    const thrown = new TypeError('cannot begin');
    const reducer = (api as Api).combineReducers({
      count,
      picky: () => {
        throw thrown;
      },
    });
    expect(() => reducer(undefined, unknown)).toThrow(thrown);
    expect(() => reducer({ count: 1, picky: 1 }, unknown)).toThrow(thrown);
  });

  it('probes each reducer twice, with no state, when it is made', () => {
    const probes = ({ combineReducers }: Api) => {
      const seen: unknown[] = [];
      const spy = (state: unknown = null, { type }: Action) => {
        seen.push([state, type.replace(/[a-z0-9.]+$/, '')]);
        return state;
      };
      combineReducers({ spy, again: spy });
      return seen;
    };
    expect(sameAsRedux(probes).returned).toHaveLength(4);
  });

  const returnsUndefined: Reducer = (state = 0, { type }) => (type === 'lose' ? undefined : state);
  it.each([
    ['a type', { type: 'lose' }, /^Error: When called with an action of type "lose", the slice/],
    [
      'an empty type',
      { type: '' },
      /an action of type \(unknown type\), the slice reducer for key/,
    ],
    ['no action', undefined, /an action of type \(unknown type\)/],
  ])('throws when a reducer returns undefined for %s', (_what, action, message) => {
    const { error } = sameAsRedux(({ combineReducers }) => {
      const loses: Reducer = (state, given) =>
        given === action ? undefined : returnsUndefined(state, given);
      return combineReducers({ count: (state = 0) => state, loses })({}, action as never);
    });
    expect(error).toMatch(message);
    expect(error).toMatch(/for key "loses" returned undefined\./);
  });

  it('throws for a symbol type as Redux does', () => {
    const { error } = sameAsRedux(({ combineReducers }) => {
      const loses: Reducer = (state = 0, { type }) =>
        typeof type === 'symbol' ? undefined : state;
      return combineReducers({ loses })({}, { type: Symbol('lost') } as never);
    });
    expect(error).toMatch(/action of type "Symbol\(lost\)"/);
  });

  it('lets a reducer return null', () => {
    const { returned } = sameAsRedux(({ combineReducers }) =>
      combineReducers({ none: () => null })(undefined, unknown),
    );
    expect(returned).toEqual({ none: null });
  });

  it.each([[{}], [{ missing: null as never }]])(
    'warns when there is no reducer: %j',
    (reducers) => {
      const warning = oneWarning(({ createStore, combineReducers }) =>
        createStore(combineReducers(reducers)).getState(),
      );
      expect(warning).toMatch(/^Store does not have a valid reducer\./);
    },
  );

  it('warns at every action when there is no reducer', () => {
    const { warnings } = sameAsRedux(({ createStore, combineReducers }) => {
      const store = createStore(combineReducers({}));
      store.dispatch(unknown);
    });
    expect(warnings).toHaveLength(2);
  });

  it.each([
    ['a number', 7, 'number'],
    ['an array', [], 'array'],
    ['a Date', new Date(0), 'date'],
    ['a Map', new Map(), 'Map'],
    ['an error', new Error('state'), 'error'],
    ['a text', 'ab', 'string'],
    ['an instance of a class', new (class Root {})(), 'object'],
  ])('warns of preloaded state that is %s', (_what, preloaded, kind) => {
    const warning = oneWarning(({ createStore, combineReducers }) => {
      createStore(combineReducers({ count, list }), preloaded as never);
    });
    expect(warning).toBe(
      `The preloadedState argument passed to createStore has unexpected type of "${kind}". ` +
        'Expected argument to be an object with the following keys: "count", "list"',
    );
  });

  it('warns of later state that is no plain object, each time', () => {
    const { warnings } = sameAsRedux(({ combineReducers }) => {
      const reducer = combineReducers({ count });
      reducer([] as never, unknown);
      reducer([] as never, unknown);
    });
    expect(warnings).toHaveLength(2);
    expect(warnings[0]).toMatch(/^The previous state received by the reducer has unexpected type/);
  });

  it('takes null for a state as Redux does', () => {
    expect(
      sameAsRedux(({ combineReducers }) => combineReducers({ count })(null, unknown)).error,
    ).toMatch(/^TypeError/);
  });

  it('warns of one unexpected key in the preloaded state', () => {
    const warning = oneWarning(({ createStore, combineReducers }) => {
      createStore(combineReducers({ count, list }), { count: 1, other: 2 } as never);
    });
    expect(warning).toBe(
      'Unexpected key "other" found in preloadedState argument passed to createStore. ' +
        'Expected to find one of the known reducer keys instead: "count", "list". ' +
        'Unexpected keys will be ignored.',
    );
  });

  it('warns of several unexpected keys in one sentence', () => {
    const warning = oneWarning(({ createStore, combineReducers }) => {
      createStore(combineReducers({ count }), { a: 1, b: 2 } as never);
    });
    expect(warning).toMatch(/^Unexpected keys "a", "b" found in preloadedState argument/);
  });

  it('warns of an unexpected key in later state', () => {
    const warning = oneWarning(({ combineReducers }) =>
      combineReducers({ count })({ count: 1, other: 2 } as never, unknown),
    );
    expect(warning).toMatch(/^Unexpected key "other" found in previous state received by the/);
  });

  it('warns of each unexpected key once, and again in another combined reducer', () => {
    const { warnings } = sameAsRedux(({ combineReducers }) => {
      const reducer = combineReducers({ count });
      reducer({ count: 1, a: 1 } as never, unknown);
      reducer({ count: 1, a: 1 } as never, unknown);
      reducer({ count: 1, a: 1, b: 1 } as never, unknown);
      combineReducers({ count })({ count: 1, a: 1 } as never, unknown);
    });
    expect(warnings).toHaveLength(3);
    expect(warnings[1]).toMatch(/^Unexpected key "b" found/);
  });

  it('says nothing of keys that a replaced reducer leaves behind, then or later', () => {
    const { warnings, returned } = sameAsRedux(({ createStore, combineReducers }) => {
      const store: Store = createStore(combineReducers({ count, list }));
      store.replaceReducer(combineReducers({ count }));
      store.dispatch(unknown);
      return store.getState();
    });
    expect(warnings).toEqual([]);
    expect(returned).toEqual({ count: 0 });
  });

  it('says nothing of symbol keys, hidden keys and inherited keys', () => {
    const { warnings } = sameAsRedux(({ combineReducers }) => {
      const state = { count: 1, [Symbol('key')]: 2 };
      Object.defineProperty(state, 'hidden', { value: 3, enumerable: false });
      combineReducers({ count })(state, unknown);
    });
    expect(warnings).toEqual([]);
  });

  it('says nothing of a state without a prototype', () => {
    const { warnings } = sameAsRedux(({ combineReducers }) => {
      const state = Object.assign(Object.create(null) as object, { count: 1 });
      combineReducers({ count })(state as never, unknown);
    });
    expect(warnings).toEqual([]);
  });

  it.each([undefined, null])('throws for %s in place of the reducers as Redux does', (reducers) => {
    expect(sameAsRedux(({ combineReducers }) => combineReducers(reducers as never)).error).toMatch(
      /^TypeError/,
    );
  });
});
