import { createIsolatedStore, defineSlice, type IsolatedStore, type Slice } from 'isthmus';
import { inc, payload, push, reset, set } from 'isthmus/program';
import { createTestHub, type TestHub, type TestHubOptions } from 'isthmus/testing';

/** A cart whose list depends on the order of actions, and whose count does not. */
export function cartSlice() {
  return defineSlice({
    name: 'cart',
    converge: true,
    initialState: { count: 0, list: [] as string[], owner: { name: 'nobody' } },
    reducers: {
      add: [inc('/count', payload())],
      put: [push('/list', payload())],
    },
    on: { 'auth/logout': [reset()] },
    contract: {
      'cart/add': { payload: { type: 'number' } },
      'cart/put': { payload: { type: 'string', maxLength: 40 } },
    },
  });
}

/** A slice that stays as it was: only what is marked crosses. */
export function themeSlice() {
  return defineSlice({
    name: 'theme',
    initialState: 'light',
    reducers: { change: [set('', payload())] },
    contract: { 'theme/change': { payload: { type: 'string' } } },
  });
}

export const logout = {
  'auth/logout': { payload: { type: 'null' } },
} as const;

/** Tabs of one channel, each with one store. */
export class Tabs {
  readonly hub: TestHub;
  readonly stores: IsolatedStore[] = [];

  constructor(options?: TestHubOptions) {
    this.hub = createTestHub(options);
  }

  open(slices: readonly Slice[], options: Parameters<typeof createIsolatedStore>[0] | object = {}) {
    const transport = this.hub.connect();
    const store = createIsolatedStore({
      name: 'app',
      slices: [...slices],
      contract: logout,
      bridge: { transport },
      ...options,
    });
    this.stores.push(store);
    return store;
  }

  /** Two of them that have joined. */
  pair(slices: () => readonly Slice[]): [IsolatedStore, IsolatedStore] {
    const pair: [IsolatedStore, IsolatedStore] = [this.open(slices()), this.open(slices())];
    this.hub.settle();
    return pair;
  }

  close(): void {
    for (const store of this.stores) store.dispose();
  }
}
