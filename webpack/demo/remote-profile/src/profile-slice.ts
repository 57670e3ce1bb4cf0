import { createAction, createSlice, type PayloadAction } from '@reduxjs/toolkit';
import type { Contracts } from 'isthmus';

export type Theme = 'system' | 'light' | 'dark';
export const themes: readonly Theme[] = ['system', 'light', 'dark'];

export interface ProfileState {
  displayName: string;
  theme: Theme;
}

// The host's actions, by type: a remote imports nothing of the host's.
const login = createAction<{ user: { name: string } }>('auth/login');
const logout = createAction('auth/logout');

const initialState: ProfileState = { displayName: '', theme: 'system' };

/** A slice as teams have it already: nothing in it knows of Isthmus. */
export const profile = createSlice({
  name: 'profile',
  initialState,
  reducers: {
    renamed(state, action: PayloadAction<string>) {
      state.displayName = action.payload;
    },
    themeChosen(state, action: PayloadAction<Theme>) {
      state.theme = action.payload;
    },
    teardown: () => initialState,
  },
  extraReducers: (builder) => {
    builder
      .addCase(login, (state, action) => {
        state.displayName = action.payload.user.name;
      })
      .addCase(logout, (state) => {
        state.displayName = '';
      });
  },
});

/** All that changes the slice crosses. What the user types is in every tab at each letter. */
export const profileContract: Contracts = {
  'profile/renamed': { schemaVersion: 1, payload: { type: 'string', maxLength: 64 } },
  'profile/themeChosen': { schemaVersion: 1, payload: { enum: [...themes] } },
};
