import { createIsolatedStore, defineSlice, loadEngine } from 'isthmus';
import { payload, push, reset, set } from 'isthmus/program';
import {
  persistSlice,
  type Persistence,
  type PersistOptions,
  type SnapshotRefusal,
  type SnapshotStorage,
} from 'isthmus/storage';
import { createTestHub, type TestHub } from 'isthmus/testing';
import { afterEach, beforeEach, vi } from 'vitest';

/** The window, as far as its being hidden goes. */
export const window = new EventTarget();
/** Its document, likewise. */
export const document = { visibilityState: 'visible' };
vi.stubGlobal('document', document);
vi.stubGlobal('navigator', {}); // later releases of Node.js have locks
vi.stubGlobal('addEventListener', window.addEventListener.bind(window));
vi.stubGlobal('removeEventListener', window.removeEventListener.bind(window));
await loadEngine();

/** What is to be closed after the test. */
export const opened: (() => Promise<void>)[] = [];
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  document.visibilityState = 'visible';
});
afterEach(async () => {
  await Promise.all(opened.splice(0).map((close) => close()));
  vi.useRealTimers();
});

/** Of the snapshot. */
export const NAME = 'cart';
const cartOf = (schemaVersion: number) =>
  defineSlice({
    name: 'cart',
    schemaVersion,
    initialState: { items: [] as string[], note: '' },
    reducers: { add: [push('/items', payload())], write: [set('/note', payload())] },
    on: { 'auth/logout': [reset()] },
    contract: { 'cart/add': {} },
  });
/** By schemaVersion. */
export const carts = { 1: cartOf(1), 2: cartOf(2) };
export const snapshotOf = (items: unknown, schemaVersion = 1, savedAt = 1) => ({
  ...{ schemaVersion, savedAt },
  state: { items, note: '' },
});
/** The items that are stored. */
export const stateOf = (snapshots: Map<string, unknown>) =>
  (snapshots.get(NAME) as { state: { items: string[] } } | undefined)?.state.items;
/** Once all that waits for no time has happened. */
export const settled = async () => {
  for (let turn = 0; turn < 100; turn++) await Promise.resolve();
};

/** A tab whose cart is kept in `storage`. */
export function openTab(
  storage: SnapshotStorage,
  options: Partial<PersistOptions> & { hub?: TestHub; release?: 1 | 2 } = {},
) {
  const { hub = createTestHub(), release = 1, ...rest } = options;
  const cart = carts[release];
  const bridge = { transport: hub.connect() };
  const store = createIsolatedStore({ name: 'shop', slices: [cart], bridge });
  const refusals: SnapshotRefusal[] = [];
  const persistence: Persistence = persistSlice({
    ...{ store, slice: cart, storage, name: NAME },
    contract: {
      state: { type: 'object', properties: { items: { items: { type: 'string' } } } },
      upcast: { 1: [push('/items', 'carried')] },
    },
    onRefused: (refusal) => refusals.push(refusal),
    ...rest,
  });
  opened.push(() => persistence.stop().then(store.dispose));
  const items = () => store.read(['cart', 'items']);
  const add = (item: string) => store.dispatch(cart.actions.add(item));
  return { store, persistence, refusals, items, add, cart };
}
