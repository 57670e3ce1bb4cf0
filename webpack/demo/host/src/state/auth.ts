import { defineSlice } from 'isthmus';
import { object, payload, set, when } from 'isthmus/program';

export interface User {
  id: string;
  name: string;
}

export interface AuthState {
  user: User | null;
  token: string | null;
  status: 'loading' | 'ready';
}

const shortText = { type: 'string', minLength: 1, maxLength: 64 };

/**
 * Who is signed in. The token stays in its tab: the contract takes it out of what leaves, so a login
 * from another tab has none, and the slice waits until this tab has fetched a token of its own.
 */
export const auth = defineSlice({
  name: 'auth',
  schemaVersion: 1,
  initialState: { user: null, token: null, status: 'loading' } as AuthState,
  reducers: {
    login: [
      set('/user', object({ id: payload('user.id'), name: payload('user.name') })),
      when(
        payload('token'),
        [set('/token', payload('token')), set('/status', 'ready')],
        [set('/token', null), set('/status', 'loading')],
      ),
    ],
    tokenReceived: [set('/token', payload('token')), set('/status', 'ready')],
    logout: [set('/user', null), set('/token', null), set('/status', 'ready')],
  },
  contract: {
    'auth/login': {
      schemaVersion: 1,
      never: ['/token'],
      payload: {
        type: 'object',
        required: ['user'],
        properties: {
          user: {
            type: 'object',
            required: ['id', 'name'],
            properties: { id: shortText, name: shortText },
            additionalProperties: false,
          },
        },
      },
    },
    'auth/logout': { schemaVersion: 1 },
  },
});
