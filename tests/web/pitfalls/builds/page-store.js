import { legacy_createStore } from 'redux';

/** What a team shares as a package of its own: the page's store, made where it is loaded first. */
export const store = legacy_createStore((theme = 'light', { type, payload }) =>
  type === 'theme/change' ? payload : theme,
);
