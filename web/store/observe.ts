import type { Observable, Observer } from 'redux';

import { assertObserver } from './state/redux-rules.js';

/** A store as a minimal observable (the TC39 proposal), which Redux stores are. */
export function observe<State>(store: {
  getState(): State;
  subscribe(listener: () => void): () => void;
}): Observable<State> {
  return {
    subscribe(observer: Observer<State>) {
      assertObserver(observer);
      const next = () => observer.next?.(store.getState());
      next();
      return { unsubscribe: store.subscribe(next) };
    },
    [observableKey]() {
      return this as Observable<State>;
    },
  } as Observable<State>;
}

/** As Redux names it: the standard symbol where the platform has one. */
export const observableKey: typeof Symbol.observable = /* @__PURE__ */ keyOfObservable();

function keyOfObservable(): typeof Symbol.observable {
  return ((typeof Symbol === 'function' && Symbol.observable) ||
    '@@observable') as typeof Symbol.observable;
}
