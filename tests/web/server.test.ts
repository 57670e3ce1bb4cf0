import {
  assertShared,
  createIsolatedStore,
  defineSlice,
  getSharedStore,
  inc,
  joinSharedStore,
  loadEngine,
} from 'isthmus';
import { expect, it } from 'vitest';

await loadEngine();

const hits = defineSlice({ name: 'hits', initialState: 0, reducers: { add: [inc('')] } });

it('on a server every join makes a store of its own', () => {
  const [a, b] = [1, 2].map(() => joinSharedStore({ app: 'request', slices: [hits] }));
  a!.store.dispatch(hits.actions.add());
  expect([a!.store.getState(), b!.store.getState()]).toEqual([{ hits: 1 }, { hits: 0 }]);
  expect(a!.store.__mfId).not.toBe(b!.store.__mfId);
});

it('on a server there is no shared store, and the error says what to do', () => {
  joinSharedStore({ app: 'request' });
  expect(() => getSharedStore()).toThrow(expect.objectContaining({ code: 'no-store' }));
  expect(() => getSharedStore()).toThrow(/a server has no shared store.*pass the store on/);
  const { store } = joinSharedStore({ app: 'request' });
  expect(() => assertShared(store)).toThrow(/which has none/);
});

it('on a server a store has a bridge only if it is given a transport', () => {
  const { store } = joinSharedStore({ app: 'request' });
  expect(store.inspect().channels).toEqual([]);
  expect(createIsolatedStore({ name: 'app' }).inspect().channels).toEqual([]);
  store.dispatch({ type: 'x', meta: { crossApp: true } } as never);
  expect(store.bridge.counters()).toMatchObject({ sent: 0, refused: {} });
});
