import { useDispatch, useSelector } from 'react-redux';
import { useReady, useSharedValue } from 'isthmus/react';
import { profile, type ProfileState } from './profile-slice';
import { ThemeChoice } from './theme-choice';

interface State {
  profile: ProfileState;
}

export function Profile() {
  const [session, own] = [useReady('session'), useReady('profile')];
  if (!session || !own) {
    return (
      <div className="skeleton" role="status" data-testid="profile-skeleton">
        <span className="visually-hidden">
          The profile waits for the session and the other tabs
        </span>
      </div>
    );
  }
  return (
    <div className="profile">
      <DisplayName />
      <ThemeChoice />
      <OwnToken />
    </div>
  );
}

function DisplayName() {
  const dispatch = useDispatch();
  const displayName = useSelector((state: State) => state.profile.displayName);
  return (
    <label className="profile-field">
      <span>Display name</span>
      <input
        type="text"
        value={displayName}
        placeholder="Guest"
        maxLength={64}
        autoComplete="off"
        data-testid="display-name"
        onChange={(event) => dispatch(profile.actions.renamed(event.target.value))}
      />
    </label>
  );
}

/** Rendered only while `session` is ready, so whoever is signed in has a token. */
function OwnToken() {
  const user = useSharedValue(['auth', 'user', 'name']);
  const token = useSharedValue(['session', 'token']);
  if (user === undefined) return <p className="profile-note">Nobody is signed in.</p>;
  return (
    <p className="profile-note">
      Token of this tab <code data-testid="profile-token">{String(token)}</code>
    </p>
  );
}
