import { applyMiddleware, combineReducers, legacy_createStore as createStore } from 'redux';
import type { Middleware, Reducer } from 'redux';

export interface Action {
  readonly type: string;
  readonly payload?: unknown;
  readonly meta?: { readonly crossApp?: boolean; readonly origin?: string };
}

interface Auth {
  readonly user: string | null;
  readonly token: string | null;
  readonly isReady: boolean;
}
const nobody: Auth = { user: null, token: null, isReady: false };

function auth(state = nobody, { type, payload }: Action): Auth {
  if (type === 'auth/restored' || type === 'auth/login')
    return { ...(payload as Auth), isReady: true };
  return state;
}

function tenant(state = 'acme', { type, payload }: Action): string {
  return type === 'tenant/switch' ? (payload as string) : state;
}

const channel = new BroadcastChannel('redux-bridge');
const post: Middleware = () => (next) => (action) => {
  const { meta } = action as Action;
  if (meta?.crossApp && meta.origin !== '__bridged__') channel.postMessage(action);
  return next(action);
};

const remoteReducers: Record<string, Reducer> = {};
const rootReducer = (): Reducer =>
  combineReducers({ auth, tenant, ...remoteReducers } as Record<string, Reducer>);

export const store = createStore(rootReducer(), applyMiddleware(post));

export function injectReducer(key: string, reducer: Reducer): void {
  if (key in remoteReducers) return;
  remoteReducers[key] = reducer;
  store.replaceReducer(rootReducer());
}

export function removeReducer(key: string): void {
  delete remoteReducers[key];
  store.replaceReducer(rootReducer());
}

const accepted = new Set(['auth/login', 'tenant/switch', 'cart/add']);

/** Every remote calls this when it is mounted. */
export function listen(): () => void {
  const own = new BroadcastChannel('redux-bridge');
  own.onmessage = ({ data }: MessageEvent<Action>) => {
    if (!accepted.has(data.type)) return;
    store.dispatch({ ...data, meta: { ...data.meta, origin: '__bridged__' } });
  };
  return () => own.close();
}
