import { useDispatch, useSelector } from 'react-redux';
import { useReady, useSharedValue } from 'isthmus/react';
import { profile, type ProfileState } from './profile-slice';
import { ThemeChoice } from './theme-choice';

interface State {
  profile: ProfileState;
}

export function Profile() {
  const ready = useReady('auth');
  if (!ready) {
    return (
      <div className="skeleton" role="status" data-testid="profile-skeleton">
        <span className="visually-hidden">The profile waits for the session</span>
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
        autoComplete="off"
        data-testid="display-name"
        onChange={(event) => dispatch(profile.actions.renamed(event.target.value))}
      />
    </label>
  );
}

/** Rendered only while `auth` is ready, so whoever is signed in has a token. */
function OwnToken() {
  const user = useSharedValue(['auth', 'user', 'name']);
  const token = useSharedValue(['auth', 'token']);
  if (user === undefined) return <p className="profile-note">Nobody is signed in.</p>;
  return (
    <p className="profile-note">
      Token of this tab <code data-testid="profile-token">{String(token)}</code>
    </p>
  );
}
