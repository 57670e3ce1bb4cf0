import { useDispatch, useSelector } from 'react-redux';
import { profile, themes, type ProfileState } from './profile-slice';

export function ThemeChoice() {
  const dispatch = useDispatch();
  const chosen = useSelector((state: { profile: ProfileState }) => state.profile.theme);
  return (
    <fieldset className="profile-theme">
      <legend>Theme</legend>
      {themes.map((theme) => (
        <label key={theme}>
          <input
            type="radio"
            name="theme"
            checked={theme === chosen}
            data-testid={`theme-${theme}`}
            onChange={() => dispatch(profile.actions.themeChosen(theme))}
          />
          {theme}
        </label>
      ))}
    </fieldset>
  );
}
