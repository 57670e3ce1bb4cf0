import { useState } from 'react';
import { crossApp } from 'isthmus';
import { useReady, useSharedDispatch, useSharedValue } from 'isthmus/react';
import { auth, type AuthState, type User } from '../state/auth';
import { newToken } from '../state/identity';
import { Skeleton } from './skeleton';

const ada: User = { id: 'ada', name: 'Ada Lovelace' };
const people = [ada, { id: 'grace', name: 'Grace Hopper' }];

export function Session() {
  const ready = useReady('auth');
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
      <button data-testid="logout" onClick={() => dispatch(crossApp(auth.actions.logout()))}>
        Log out
      </button>
    </>
  );
}

function SignedOut() {
  const dispatch = useSharedDispatch();
  const [id, setId] = useState(ada.id);
  const user = people.find((person) => person.id === id) ?? ada;
  const logIn = () => dispatch(crossApp(auth.actions.login({ user, token: newToken(user) })));
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
      <button className="primary" data-testid="login" onClick={logIn}>
        Log in
      </button>
    </>
  );
}
