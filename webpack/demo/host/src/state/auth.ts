import { defineSlice } from 'isthmus';
import { object, payload, set } from 'isthmus/program';

export interface User {
  id: string;
  name: string;
}

export interface AuthState {
  user: User | null;
}

const shortText = { type: 'string', minLength: 1, maxLength: 64 };

/**
 * Who is signed in, the same in every tab. The token is no part of it: a slice that converges holds
 * only what may cross, and a login that carries a token after all leaves without it.
 */
export const auth = defineSlice({
  name: 'auth',
  schemaVersion: 1,
  converge: true,
  initialState: { user: null } as AuthState,
  reducers: {
    login: [set('/user', object({ id: payload('user.id'), name: payload('user.name') }))],
    logout: [set('/user', null)],
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
