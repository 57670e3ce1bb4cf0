import { defineSlice, joinSharedStore, loadEngine, type BridgeOptions } from 'isthmus';
import { payload, set } from 'isthmus/program';

export const auth = defineSlice({
  name: 'auth',
  initialState: { user: null as string | null, token: null as string | null },
  reducers: { login: [set('/user', payload('user')), set('/token', payload('token'))] },
  contract: {
    'auth/login': {
      payload: { type: 'object', required: ['user'], properties: { user: { type: 'string' } } },
      never: ['/token'],
    },
  },
});

export const tenant = defineSlice({
  name: 'tenant',
  converge: true,
  initialState: 'acme',
  reducers: { switch: [set('', payload())] },
  contract: { 'tenant/switch': { payload: { type: 'string' } } },
});

export async function startHost(bridge: BridgeOptions = {}) {
  await loadEngine();
  const { store } = joinSharedStore({ app: 'host', slices: [auth, tenant], bridge });
  store.markLoading('auth'); // ready with store.hydrate('auth', session)
  return store;
}
