import { loadEngine } from 'isthmus';
import { describe, expect, it, vi } from 'vitest';
import { add, storeMakers } from './semantics-makers.js';

await loadEngine();

describe.each(storeMakers)('listeners of $name', ({ open }) => {
  it.each([undefined, null, '', {}, 7])('may not be %s', (listener) => {
    expect(() => open().subscribe(listener as never)).toThrow(
      /^Expected the listener to be a function\. Instead, received: '(undefined|null|string|object|Object|number)'$/,
    );
  });

  it('are notified after every dispatch, whether or not anything changed', () => {
    const store = open();
    const listener = vi.fn();
    store.subscribe(listener);
    store.dispatch(add('a'));
    store.dispatch({ type: 'unknown' });
    expect(listener).toHaveBeenCalledTimes(2);
    expect(listener).toHaveBeenCalledWith();
  });

  it('are notified in the order in which they subscribed, with the new state in place', () => {
    const store = open();
    const calls: unknown[] = [];
    for (const name of ['first', 'second', 'third']) {
      store.subscribe(() => calls.push([name, (store.getState() as { todos: [] }).todos.length]));
    }
    store.dispatch(add('a'));
    expect(calls).toEqual([
      ['first', 1],
      ['second', 1],
      ['third', 1],
    ]);
  });

  it('are not notified when a reducer threw', () => {
    const error = new Error('boom');
    const store = open({
      thrower: (state = 0, { type }) => {
        if (type === 'throw') throw error;
        return state;
      },
    });
    const listener = vi.fn();
    store.subscribe(listener);
    expect(() => store.dispatch({ type: 'throw' })).toThrow(error);
    expect(listener).not.toHaveBeenCalled();
  });

  it('are not notified of an action that is refused', () => {
    const store = open();
    const listener = vi.fn();
    store.subscribe(listener);
    expect(() => store.dispatch({} as never)).toThrow();
    expect(listener).not.toHaveBeenCalled();
  });

  it('count twice when subscribed twice, and one end of a subscription ends one', () => {
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

  it('may be unsubscribed again inside a reducer, which does nothing', () => {
    const ends: (() => void)[] = [];
    const store = open({
      ender: (state = 0, { type }) => {
        if (type === 'end') ends.forEach((end) => end());
        return state;
      },
    });
    ends.push(store.subscribe(() => undefined));
    expect(() => store.dispatch({ type: 'end' })).toThrow(/^You may not unsubscribe from a store/);
    ends.forEach((end) => end());
    store.dispatch({ type: 'end' });
  });

  it('leave only themselves when they unsubscribe', () => {
    const store = open();
    const [stays, goes] = [vi.fn(), vi.fn()];
    store.subscribe(stays);
    const stop = store.subscribe(goes);
    stop();
    store.dispatch(add('a'));
    expect(stays).toHaveBeenCalledTimes(1);
    expect(goes).not.toHaveBeenCalled();
  });

  it('are those that were there when the dispatch began', () => {
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

  it('are for a nested dispatch those of its own beginning', () => {
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

  it('may dispatch, which is applied at once', () => {
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
});
