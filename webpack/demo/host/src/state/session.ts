import { isBridged, type Action, type Middleware, type SharedStore } from 'isthmus';
import { auth, type AuthState, type User } from './auth';
import { delay, fetchToken, rememberUser, rememberedUser } from './identity';

export interface Session {
  middleware: Middleware;
  restore(store: SharedStore, ms: number): Promise<void>;
}

/**
 * Keeps `auth` ready only while its token is there. Every login and logout starts a new generation,
 * so that a restore or a token that arrives late for an older one is thrown away.
 */
export function createSession(getStore: () => SharedStore): Session {
  let generation = 0;

  async function fetchOwnToken(user: User): Promise<void> {
    const wanted = generation;
    const token = await fetchToken(user);
    if (wanted !== generation) return;
    getStore().dispatch(auth.actions.tokenReceived({ token }));
    getStore().markReady('auth');
  }

  const middleware: Middleware = () => (next) => (action) => {
    if (!isSessionAction(action)) return next(action);
    generation += 1;
    const awaitsToken = action.type === 'auth/login' && isBridged(action);
    if (awaitsToken) getStore().markLoading('auth');
    const result = nextOrUndo(() => next(action), awaitsToken);
    const { user } = getStore().getState().auth as AuthState;
    rememberUser(user);
    if (awaitsToken && user) void fetchOwnToken(user);
    else getStore().markReady('auth');
    return result;
  };

  /** A reducer that refuses the login leaves the session as it was. */
  function nextOrUndo(next: () => unknown, awaitsToken: boolean): unknown {
    try {
      return next();
    } catch (error) {
      if (awaitsToken) getStore().markReady('auth');
      throw error;
    }
  }

  async function restore(store: SharedStore, ms: number): Promise<void> {
    const wanted = generation;
    await delay(ms);
    const user = rememberedUser();
    const token = user && (await fetchToken(user));
    if (wanted !== generation) return;
    const restored: AuthState = { user, token, status: 'ready' };
    store.hydrate('auth', restored);
  }

  return { middleware, restore };
}

function isSessionAction(action: unknown): action is Action {
  const { type } = action as Action;
  return type === 'auth/login' || type === 'auth/logout';
}
