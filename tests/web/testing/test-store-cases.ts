import { createSlice, type PayloadAction } from '@reduxjs/toolkit';
import { crossApp, defineSlice, isBridged, type Contract } from 'isthmus';
import { payload, push } from 'isthmus/program';
import { createTestStore, type TestStoreOptions } from 'isthmus/testing';
import { thunk } from 'redux-thunk';
import { afterEach, describe, expect, it, vi } from 'vitest';

export const log = defineSlice({
  name: 'log',
  initialState: [] as string[],
  reducers: { add: [push('', payload())] },
  contract: { 'log/add': { payload: { type: 'string' } } },
});
const { add } = log.actions;
const counter = createSlice({
  name: 'counter',
  initialState: 0,
  reducers: { add: (sum, { payload }: PayloadAction<number>) => sum + payload },
});

const ends: (() => void)[] = [];
/** A test store that ends with the test. */
export const open = (async (options: TestStoreOptions) => {
  const test = await createTestStore(options);
  ends.push(test.dispose);
  return test;
}) as typeof createTestStore;
afterEach(() => ends.splice(0).forEach((end) => end()));

/** What holds in every environment of a test. */
export function testStoreCases(): void {
  it('comes in one call, with slices of each kind, reducers and preloaded state', async () => {
    const { store } = await open({
      slices: [log, counter],
      reducers: { theme: (theme: string = 'light') => theme },
      preloadedState: { counter: 40, log: ['before'], theme: 'dark' },
    });
    store.dispatch(add('x'));
    store.dispatch(counter.actions.add(2));
    expect(store.getState()).toEqual({ counter: 42, log: ['before', 'x'], theme: 'dark' });
  });

  it('needs no option, and no network', async () => {
    const fetch = vi.fn();
    vi.stubGlobal('fetch', fetch);
    const { store, hub } = await open();
    vi.unstubAllGlobals();
    expect([store.getState(), hub.pending]).toEqual([{}, 0]);
    expect(fetch).not.toHaveBeenCalled();
  });

  it('writes down every action that reaches the reducers: after thunks, and from other tabs', async () => {
    const a = await open({ slices: [log], middleware: [thunk] });
    const b = await open({ slices: [log], hub: a.hub });
    a.store.dispatch((dispatch) => dispatch(add('local')));
    a.store.dispatch(crossApp(add('everywhere')));
    a.hub.flush();
    expect(a.actions).toEqual([add('local'), crossApp(add('everywhere'))]);
    expect(b.actions.map(isBridged)).toEqual([true]);
    expect(b.store.read(['log'])).toEqual(['everywhere']);
  });

  it('writes down drops and gaps, and tells the listeners of the options too', async () => {
    const contract: Record<string, Contract> = { 'log/add': { payload: { type: 'number' } } };
    const onDrop = vi.fn();
    const a = await open({ slices: [log] });
    const b = await open({ contract, hub: a.hub, bridge: { onDrop } });
    a.store.dispatch(crossApp(add('x')));
    a.hub.flush();
    expect(b.drops).toMatchObject([{ direction: 'in', reason: 'schema', type: 'log/add' }]);
    expect(onDrop.mock.calls).toEqual(b.drops.map((drop) => [drop]));
    expect(b.gaps).toEqual([]);
  });

  it('tells of a lost message as of a gap', async () => {
    const a = await open({ slices: [log] });
    const b = await open({ slices: [log], hub: a.hub });
    for (const text of ['1', '2', '3']) a.store.dispatch(crossApp(add(text)));
    a.hub.step();
    a.hub.step(({ number }) => number === 2);
    expect(b.gaps).toMatchObject([{ reason: 'sequence', from: 2, to: 2 }]);
    a.hub.flush();
    expect(b.store.read(['log'])).toEqual(['1', '3', '2']);
  });

  it('ends cleanly, and does so once', async () => {
    const a = await open({ slices: [log] });
    a.store.subscribe(() => undefined);
    a.dispose();
    a.dispose();
    const { slices, leases, channels } = a.store.inspect();
    expect([slices, leases, channels]).toEqual([[], 0, []]);
  });

  describe('a shared one', () => {
    it('is joined as an app of a name', async () => {
      const { membership, store } = await open({ shared: true, app: 'cart', slices: [log] });
      expect(membership.app).toBe('cart');
      expect(membership.store).toBe(store);
      expect(store.inspect().slices).toMatchObject([{ key: 'log', owner: 'cart' }]);
      membership.inject(counter);
      expect(store.getState()).toEqual({ log: [], counter: 0 });
    });

    it('takes reducers as an isolated one does, and has its name in contracts', async () => {
      const reducers = { theme: (theme: string = 'light') => theme };
      const { store } = await open({ shared: true, reducers });
      expect([store.name, store.getState()]).toEqual(['shared', { theme: 'light' }]);
      const { store: other } = await open({ shared: true, name: 'other' });
      expect(other.name).toBe('other');
    });
  });
}
