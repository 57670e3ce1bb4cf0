import { defineSlice, type SharedStore } from 'isthmus';
import { payload, set } from 'isthmus/program';
import { auth, type AuthState, type User } from './auth';
import { delay, fetchToken, newToken } from './identity';
import { forgetPast } from './kept';

export interface SessionState {
  userId: string | null;
  token: string | null;
}

/** This tab's own token, and whose it is. It does not converge, and nothing of it crosses. */
export const session = defineSlice({
  name: 'session',
  initialState: { userId: null, token: null } as SessionState,
  reducers: {
    tokenReceived: [set('/userId', payload('userId')), set('/token', payload('token'))],
    ended: [set('/userId', null), set('/token', null)],
  },
});

/**
 * Keeps `session` ready only while its token is that of whoever is signed in. It follows the state and
 * not the actions, so that it does not matter whether a login was this tab's own, came from another one,
 * found another place in the order, or was there before this tab. `ms` is how long the start takes.
 */
export async function startSession(store: SharedStore, ms: number): Promise<void> {
  let generation = 0;
  const follow = async (): Promise<void> => {
    generation += 1;
    const wanted = generation;
    const user = userOf(store);
    if (user === null) endSession(store);
    else if (sessionOf(store).userId !== user.id) {
      store.markLoading('session');
      const token = await fetchToken(user);
      if (wanted !== generation) return;
      store.dispatch(session.actions.tokenReceived({ userId: user.id, token }));
    }
    store.markReady('session');
  };

  store.markLoading('session');
  await Promise.all([delay(ms), store.whenReady('auth')]);
  store.watch(['auth', 'user'], () => void follow());
  await follow();
}

/** The tab in which somebody logs in has a token at once; the other tabs fetch their own. */
export function logIn(store: SharedStore, user: User): void {
  store.dispatch(session.actions.tokenReceived({ userId: user.id, token: newToken(user) }));
  store.dispatch(auth.actions.login({ user }));
}

/** A logout takes away what it can: the token, what the log still keeps of the past, and what is stored. */
function endSession(store: SharedStore): void {
  if (sessionOf(store).userId === null) return;
  store.dispatch(session.actions.ended());
  void forgetPast(store);
}

function userOf(store: SharedStore): User | null {
  return (store.getState().auth as AuthState).user;
}

function sessionOf(store: SharedStore): SessionState {
  return store.getState().session as SessionState;
}
