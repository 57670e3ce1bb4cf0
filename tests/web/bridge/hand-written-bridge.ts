import type { Transport } from 'isthmus';
import { applyMiddleware, legacy_createStore, type Action, type Middleware } from 'redux';

interface Marked extends Action {
  payload?: unknown;
  meta?: { crossApp?: boolean; origin?: string };
}

export interface HandWrittenOptions {
  /** Whether what comes in is dispatched as bridged, which keeps it from being posted again. */
  readonly marks?: boolean;
}

/** An app with a store and a bridge as teams write them by hand, around a channel of plain actions. */
export function openHandWritten(transport: Transport, { marks = true }: HandWrittenOptions = {}) {
  const forward: Middleware = () => (next) => (action) => {
    const { meta } = action as Marked;
    if (meta?.crossApp && meta.origin !== '__bridged__') {
      transport.post({ ...(action as Marked), meta: { ...meta, origin: 'by-hand' } });
    }
    return next(action);
  };
  const seen: Marked[] = [];
  const keep = (entries: readonly unknown[] = [], action: Action) => {
    if (action.type !== 'log/add') return entries;
    seen.push(action);
    return [...entries, (action as Marked).payload];
  };
  const store = legacy_createStore(keep, applyMiddleware(forward));
  transport.onMessage((message) => {
    const { meta, ...action } = message as Marked;
    const origin = marks ? { origin: '__bridged__' } : {};
    store.dispatch({ ...action, meta: { ...meta, ...origin } } as Marked);
  });
  return { store, seen, entries: () => store.getState() };
}
