import { useState } from 'react';
import { useReady, useSharedDispatch, useSharedStore, useSharedValue } from 'isthmus/react';
import { auth, type AuthState, type User } from '../state/auth';
import { logIn } from '../state/session';
import { Skeleton } from './skeleton';

const ada: User = { id: 'ada', name: 'Ada Lovelace' };
const people = [ada, { id: 'grace', name: 'Grace Hopper' }];

export function Session() {
  const ready = useReady('session');
  const { user } = useSharedValue(['auth']) as AuthState;
  return (
    <div className="row" data-testid="session" aria-live="polite" aria-busy={!ready}>
      {!ready && <Skeleton label="Waiting for the session" />}
      {ready && user && <SignedIn user={user} />}
      {ready && !user && <SignedOut />}
    </div>
  );
}

function SignedIn({ user }: { user: User }) {
  const dispatch = useSharedDispatch();
  return (
    <>
      <p>
        Signed in as <strong data-testid="user">{user.name}</strong>
      </p>
      <button
        data-testid="logout"
        title="Takes user, cart and name out of every tab, and forgets what is kept and stored of them"
        onClick={() => dispatch(auth.actions.logout())}
      >
        Log out and forget
      </button>
    </>
  );
}

function SignedOut() {
  const store = useSharedStore();
  const [id, setId] = useState(ada.id);
  const user = people.find((person) => person.id === id) ?? ada;
  return (
    <>
      <label className="field">
        <span>Sign in as</span>
        <select value={id} onChange={(event) => setId(event.target.value)} data-testid="person">
          {people.map((person) => (
            <option key={person.id} value={person.id}>
              {person.name}
            </option>
          ))}
        </select>
      </label>
      <button className="primary" data-testid="login" onClick={() => logIn(store, user)}>
        Log in
      </button>
    </>
  );
}
