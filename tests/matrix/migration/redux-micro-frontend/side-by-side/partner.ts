import { joinSharedStore, type Middleware } from 'isthmus';
import type { IGlobalStore } from 'redux-micro-frontend';

/**
 * While some apps still use the GlobalStore, the shared store is one more partner there. An action of the
 * given types reaches every store once, whichever side dispatches it.
 */
export function joinGlobalStore(globalStore: IGlobalStore, types: string[]) {
  const arrived = new WeakSet<object>();
  const forward: Middleware = () => (next) => (action) => {
    const { type } = action as { type: string };
    if (arrived.has(action as object) || !types.includes(type)) return next(action);
    globalStore.DispatchGlobalAction('isthmus', action as never); // comes back as arrived
    return action;
  };
  const { store, leave } = joinSharedStore({ app: 'migration', middleware: [forward] });
  const dispatch = (action: object) => {
    arrived.add(action);
    return store.dispatch(action as never);
  };
  globalStore.RegisterStore('isthmus', { ...store, dispatch } as never, types);
  return leave;
}
