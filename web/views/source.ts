import { IsthmusError, type SharedStore } from 'isthmus';

import { runAlone, type AnySelector, type Reads } from './tracked-reads.js';

/** What a view shows: its value now, and who tells when it may be another one. */
export interface Source<Value = unknown> {
  readonly subscribe: (listener: () => void) => () => void;
  readonly getSnapshot: () => Value;
}

/** Whether a slice can be used. */
export function readinessOf(store: SharedStore, key: string): Source<boolean> {
  return { subscribe: store.onStatus, getSnapshot: () => store.status(key) === 'ready' };
}

/** What a selector makes of the state, run whenever it is asked; told when a slice that it has read has changed. */
export function selectionOf(
  store: SharedStore,
  selector: AnySelector,
  isEqual: (a: unknown, b: unknown) => boolean = Object.is,
): Source {
  let reads: Reads | undefined;
  let last: unknown;
  return {
    subscribe: (listener) =>
      store.subscribe(() => {
        if (!reads?.isCurrent(store.getState())) listener();
      }),
    getSnapshot: () => {
      const isFirst = reads === undefined;
      const [value, own] = runAlone(selector, store.getState());
      reads = own;
      return isFirst || !isEqual(last, value) ? (last = value) : last;
    },
  };
}

/** `taker` is what was given the selector. */
export function assertSelector(selector: unknown, taker: string): asserts selector is AnySelector {
  if (typeof selector === 'function') return;
  const wanted = `${taker} takes a function of the state, and ${taker.replace('Selector', 'Value')} a path`;
  const message = `${wanted}; it was given ${selector && typeof selector}`;
  throw new IsthmusError('invalid-argument', message);
}
