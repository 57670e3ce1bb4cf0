import { loadEngine } from 'isthmus';
import type { Observable } from 'redux';
import { describe, expect, it } from 'vitest';
import { add, storeMakers } from './semantics-makers.js';

await loadEngine();

const observable = (source: object): Observable<unknown> =>
  (source as Record<symbol, () => Observable<unknown>>)[
    Symbol.observable ?? ('@@observable' as never)
  ]!();

describe.each(storeMakers)('the observable of $name', ({ open }) => {
  it('tells the state at once, then after each dispatch, until it is unsubscribed', () => {
    const store = open();
    const seen: unknown[] = [];
    const subscription = observable(store).subscribe({ next: (state) => void seen.push(state) });
    store.dispatch(add('a'));
    store.dispatch({ type: 'unknown' });
    subscription.unsubscribe();
    store.dispatch(add('b'));
    expect(seen).toEqual([{ todos: [] }, { todos: ['a'] }, { todos: ['a'] }]);
  });

  it('is its own observable', () => {
    const source = observable(open());
    expect(observable(source)).toBe(source);
  });

  it('keeps observers apart', () => {
    const store = open();
    const counts = [0, 0];
    const [first] = counts.map((_, i) =>
      observable(store).subscribe({ next: () => void counts[i]!++ }),
    );
    store.dispatch(add('a'));
    first!.unsubscribe();
    first!.unsubscribe();
    store.dispatch(add('b'));
    expect(counts).toEqual([2, 3]);
  });

  it('takes an observer that has no next', () => {
    const store = open();
    observable(store).subscribe({});
    store.dispatch(add('a'));
    expect(store.getState()).toEqual({ todos: ['a'] });
  });

  it('calls next as a method of the observer', () => {
    const observer = {
      calls: 0,
      next() {
        this.calls += 1;
      },
    };
    observable(open()).subscribe(observer);
    expect(observer.calls).toBe(1);
  });

  it.each([undefined, null, 'text', () => undefined])('refuses the observer %s', (observer) => {
    const subscribe = () => observable(open()).subscribe(observer as never);
    expect(subscribe).toThrow(
      /^Expected the observer to be an object\. Instead, received: '(undefined|null|string|function)'$/,
    );
  });
});
