import type { Action, Middleware } from 'isthmus';

type Observer = (action: Action, keysBefore: string[]) => void;

const observers = new Set<Observer>();

/** Hears every action that reaches the store, with the slices that were there before it. */
export function observe(observer: Observer): () => void {
  observers.add(observer);
  return () => observers.delete(observer);
}

export const observerMiddleware: Middleware = (api) => (next) => (action) => {
  const keysBefore = Object.keys(api.getState() as object);
  for (const observer of observers) observer(action as Action, keysBefore);
  return next(action);
};
