import { createIsolatedStore, defineSlice, loadEngine, payload, push } from 'isthmus';
import { combineReducers, createStore, type Action, type Reducer, type Store } from 'redux';
import { describe, expect, it, vi } from 'vitest';

await loadEngine();

// Every expectation here runs on Redux's own store, too: what Redux does is what ours must do.
type Reducers = Record<string, Reducer>;
const stores: [string, (reducers: Reducers) => Store][] = [
  ['redux', (reducers) => createStore(combineReducers(reducers))],
  ['isthmus', (reducers) => createIsolatedStore({ name: 'app', reducers }) as unknown as Store],
  ['isthmus, a native slice', withNativeTodos],
];

interface TodoAction extends Action {
  payload?: unknown;
}
function todos(state: unknown[] = [], action: TodoAction): unknown[] {
  return action.type === 'todos/add' ? [...state, action.payload] : state;
}

function withNativeTodos({ todos: _replaced, ...reducers }: Reducers): Store {
  const native = defineSlice({
    name: 'todos',
    initialState: [] as unknown[],
    reducers: { add: [push('', payload())] },
  });
  return createIsolatedStore({ name: 'app', slices: [native], reducers }) as unknown as Store;
}

const add = (payload: string) => ({ type: 'todos/add', payload });

describe.each(stores)('%s', (_name, create) => {
  const open = (extra: Reducers = {}) => create({ todos: todos as Reducer, ...extra });

  /** A store whose reducer makes a call into the store when it sees `call`. */
  function openCalling(call: (store: Store) => void): Store {
    const store = open({
      caller: (state = 0, { type }) => {
        if (type === 'call') call(store);
        return state;
      },
    });
    return store;
  }

  it('begins with the initial state', () => {
    expect(open().getState()).toEqual({ todos: [] });
  });

  it('dispatch returns the action', () => {
    const action = add('a');
    expect(open().dispatch(action)).toBe(action);
  });

  it('applies actions one after the other', () => {
    const store = open();
    store.dispatch(add('a'));
    store.dispatch(add('b'));
    expect(store.getState()).toEqual({ todos: ['a', 'b'] });
  });

  it('keeps the root when an action changes nothing', () => {
    const store = open();
    store.dispatch(add('a'));
    const before = store.getState();
    store.dispatch({ type: 'unknown' });
    expect(store.getState()).toBe(before);
  });

  it.each([
    ['undefined', undefined, /^Actions must be plain objects\. .* '(undefined)'/],
    ['null', null, /^Actions must be plain objects\. .* '(null)'/],
    ['a number', 7, /^Actions must be plain objects\. .* '(number)'/],
    ['a function', () => 0, /^Actions must be plain objects\. .* '(function)'.*redux-thunk/],
    ['an array', [], /^Actions must be plain objects\. .* '(array)'/],
    ['a promise', Promise.resolve(), /^Actions must be plain objects\. .* '(Promise)'/],
    ['an instance of a class', new (class Move {})(), /^Actions must be plain objects\./],
    ['an action without a type', {}, /^Actions may not have an undefined "type" property\./],
    ['a type that is a number', { type: 1 }, /^Action "type" property must be a string\..*number/],
    ['a type that is null', { type: null }, /^Action "type" property must be a string\..*null/],
  ])('refuses to dispatch %s', (_what, action, message) => {
    const store = open();
    expect(() => store.dispatch(action as never)).toThrow(message);
    expect(store.getState()).toEqual({ todos: [] });
  });

  it('takes an empty type and an object without a prototype', () => {
    const store = open();
    store.dispatch({ type: '' });
    store.dispatch(Object.assign(Object.create(null), add('a')));
    expect(store.getState()).toEqual({ todos: ['a'] });
  });

  const unsubscribe = { current: () => undefined as void };
  const forbidden: [string, (store: Store) => void, RegExp][] = [
    ['dispatch', (store) => store.dispatch(add('a')), /^Reducers may not dispatch actions\.$/],
    ['getState', (store) => store.getState(), /^You may not call store\.getState\(\) while/],
    ['subscribe', (store) => store.subscribe(() => 0), /^You may not call store\.subscribe\(\)/],
    ['unsubscribe', () => unsubscribe.current(), /^You may not unsubscribe from a store listener/],
  ];
  it.each(forbidden)(
    'refuses %s inside a reducer, and works afterwards',
    (_what, call, message) => {
      const store = openCalling(call);
      unsubscribe.current = store.subscribe(() => undefined);
      expect(() => store.dispatch({ type: 'call' })).toThrow(message);
      store.dispatch(add('a'));
      expect(store.getState()).toMatchObject({ todos: ['a'] });
      unsubscribe.current();
    },
  );

  it.each([undefined, null, '', {}, 7])('refuses the listener %s', (listener) => {
    expect(() => open().subscribe(listener as never)).toThrow(
      /^Expected the listener to be a function\. Instead, received: '(undefined|null|string|object|Object|number)'$/,
    );
  });

  it('notifies after every dispatch, whether or not anything changed', () => {
    const store = open();
    const listener = vi.fn();
    store.subscribe(listener);
    store.dispatch(add('a'));
    store.dispatch({ type: 'unknown' });
    expect(listener).toHaveBeenCalledTimes(2);
    expect(listener).toHaveBeenCalledWith();
  });

  it('does not notify when a reducer threw', () => {
    const error = new Error('boom');
    const store = openCalling(() => {
      throw error;
    });
    const listener = vi.fn();
    store.subscribe(listener);
    expect(() => store.dispatch({ type: 'call' })).toThrow(error);
    expect(listener).not.toHaveBeenCalled();
  });

  it('counts the same listener twice when it is subscribed twice', () => {
    const store = open();
    const listener = vi.fn();
    const stop = store.subscribe(listener);
    store.subscribe(listener);
    store.dispatch(add('a'));
    expect(listener).toHaveBeenCalledTimes(2);
    stop();
    stop();
    store.dispatch(add('b'));
    expect(listener).toHaveBeenCalledTimes(3);
  });

  it('calls the listeners that were there when the dispatch began', () => {
    const store = open();
    const calls: string[] = [];
    const stops = [
      store.subscribe(() => {
        calls.push('first');
        stops.forEach((stop) => stop());
        store.subscribe(() => calls.push('late'));
      }),
      store.subscribe(() => calls.push('second')),
    ];
    store.dispatch(add('a'));
    expect(calls).toEqual(['first', 'second']);
    store.dispatch(add('b'));
    expect(calls).toEqual(['first', 'second', 'late']);
  });

  it('gives a nested dispatch the listeners of its own beginning', () => {
    const store = open();
    const calls: string[] = [];
    const stop = store.subscribe(() => {
      calls.push('outer');
      stop();
      store.subscribe(() => calls.push('inner'));
      store.dispatch(add('b'));
    });
    store.subscribe(() => calls.push('other'));
    store.dispatch(add('a'));
    expect(calls).toEqual(['outer', 'other', 'inner', 'other']);
  });

  it('applies a nested dispatch of a listener at once', () => {
    const store = open();
    const seen: unknown[] = [];
    store.subscribe(() => {
      const { todos } = store.getState() as { todos: string[] };
      if (todos.length < 3) store.dispatch(add(`n${todos.length}`));
      seen.push(todos.length);
    });
    store.dispatch(add('a'));
    expect(store.getState()).toEqual({ todos: ['a', 'n1', 'n2'] });
    expect(seen).toEqual([3, 2, 1]);
  });

  it('is an observable', () => {
    const store = open();
    const source = store[Symbol.observable ?? ('@@observable' as never)]();
    const seen: unknown[] = [];
    const subscription = source.subscribe({ next: (state) => void seen.push(state) });
    store.dispatch(add('a'));
    subscription.unsubscribe();
    store.dispatch(add('b'));
    expect(seen).toEqual([{ todos: [] }, { todos: ['a'] }]);
    expect(source[Symbol.observable ?? ('@@observable' as never)]()).toBe(source);
    expect(() => source.subscribe({})).not.toThrow();
  });

  it.each([undefined, null, 'text'])('refuses the observer %s', (observer) => {
    const source = open()[Symbol.observable ?? ('@@observable' as never)]();
    expect(() => source.subscribe(observer as never)).toThrow(
      /^Expected the observer to be an object\. Instead, received: '(undefined|null|string)'$/,
    );
  });
});
