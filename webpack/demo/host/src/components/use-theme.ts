import { useEffect } from 'react';
import { useSharedValue } from 'isthmus/react';

/** The profile remote's choice of theme, or the system's while that remote is not there. */
export function useTheme(): void {
  const theme = useSharedValue(['profile', 'theme']);
  useEffect(() => {
    document.documentElement.dataset.theme = theme === undefined ? 'system' : String(theme);
  }, [theme]);
}
