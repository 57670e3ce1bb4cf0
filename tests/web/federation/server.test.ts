import {
  assertShared,
  createIsolatedStore,
  defineSlice,
  getSharedStore,
  joinSharedStore,
  loadEngine,
} from 'isthmus';
import { inc } from 'isthmus/program';
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

it('on a server leaving ends the store, so that requests leave nothing behind', () => {
  const member = joinSharedStore({ app: 'request', slices: [hits] });
  member.leave();
  member.leave();
  const { store } = member;
  for (const ask of [
    store.getState,
    () => store.read(['hits']),
    () => store.watch(['hits'], () => undefined),
  ]) {
    expect(ask).toThrow(expect.objectContaining({ code: 'disposed' }));
    expect(ask).toThrow(/this store has ended and has no state any more/);
  }
  expect(member.store.inspect()).toMatchObject({ slices: [], leases: 0, channels: [] });
});

it('a reducer cannot end its slice or its store, and both go on', () => {
  let attempt = (): void => undefined;
  const meddler = (state = 0, { type }: { type: string }) => {
    if (type === 'meddle') attempt();
    return type === 'count' ? state + 1 : state;
  };
  const member = joinSharedStore({ app: 'request' });
  const lease = member.inject({ key: 'meddler', reducer: meddler });
  const store = createIsolatedStore({ name: 'own', reducers: { meddler } });
  for (const [end, target] of [
    [() => lease.dispose({ now: true }), member.store],
    [() => store.dispose(), store],
  ] as const) {
    attempt = end;
    expect(() => target.dispatch({ type: 'meddle' })).toThrow(/Reducers may not dispose of/);
    attempt = () => undefined;
    target.dispatch({ type: 'count' });
    expect(target.read(['meddler'])).toBe(1);
    expect(target.inspect().slices).toHaveLength(1);
  }
});
