// @vitest-environment jsdom
import type * as Isthmus from 'isthmus';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { loadCopy, loadOnFreshPage, registry } from '../fresh-page.js';

let isthmus: typeof Isthmus;
beforeEach(async () => {
  vi.spyOn(console, 'warn').mockImplementation(() => undefined);
  isthmus = await loadOnFreshPage();
});
afterEach(() => vi.restoreAllMocks());

describe('a second copy of the package', () => {
  it('hands out the functions of the first one', async () => {
    const second = await loadCopy();
    expect({ ...second }).toEqual({ ...isthmus });
    expect(
      Object.keys(second).every((name) => second[name as never] === isthmus[name as never]),
    ).toBe(true);
  });

  it('shares the engine and the store', async () => {
    const second = await loadCopy();
    await Promise.all([isthmus.loadEngine(), second.loadEngine()]);
    const host = isthmus.joinSharedStore({ app: 'host' });
    const remote = second.joinSharedStore({ app: 'remote' });
    expect(remote.store).toBe(host.store);
    expect(remote.store.inspect()).toMatchObject({
      engines: 1,
      copies: [{ active: true }, { active: false }],
    });
  });

  it('recognises the errors and slices of the first one', async () => {
    const second = await loadCopy();
    await second.loadEngine();
    const slice = isthmus.defineSlice({ name: 'n', initialState: 1, reducers: {} });
    const { store } = second.joinSharedStore({ app: 'a', slices: [slice] });
    expect(store.inspect().slices).toMatchObject([{ key: 'n', kind: 'native' }]);
    expect(() => store.hydrate('gone', 1)).toThrow(second.IsthmusError);
    expect(() => store.hydrate('gone', 1)).toThrow(isthmus.EngineError);
  });
});

describe('importing the package', () => {
  it('touches neither the window nor the network nor storage', async () => {
    const touched: string[] = [];
    const names = ['window', 'localStorage', 'fetch', 'BroadcastChannel', 'navigator'];
    for (const name of names) {
      const trap = vi.spyOn(globalThis, name as never, 'get' as never);
      trap.mockImplementation((() => touched.push(name)) as never);
    }
    const compile = vi.spyOn(WebAssembly, 'instantiate');
    await loadOnFreshPage();
    vi.restoreAllMocks();
    expect(touched).toEqual([]);
    expect(compile).not.toHaveBeenCalled();
  });

  it('leaves nothing on the page but the registry', async () => {
    const before = Reflect.ownKeys(globalThis);
    await loadOnFreshPage();
    expect(Reflect.ownKeys(globalThis).filter((key) => !before.includes(key))).toEqual([]);
    expect(registry()).toMatchObject({ copies: [{ version: expect.any(String), protocol: 1 }] });
    expect(registry()).not.toHaveProperty('protocol');
    expect(registry()!.realms[1]).not.toHaveProperty('engine');
  });
});

describe('on a page', () => {
  beforeEach(() => isthmus.loadEngine());

  it('the shared store is the very same for everyone', () => {
    const host = isthmus.joinSharedStore({ app: 'host' });
    const remote = isthmus.joinSharedStore({ app: 'remote' });
    expect(isthmus.getSharedStore()).toBe(host.store);
    expect(remote.store).toBe(host.store);
    expect(host.store.__mfId).toMatch(/^[0-9a-f]{32}$/);
  });

  it('stores of different names are different', () => {
    const a = isthmus.joinSharedStore({ app: 'host', name: 'a' });
    const b = isthmus.joinSharedStore({ app: 'host', name: 'b' });
    expect(a.store).not.toBe(b.store);
    expect(a.store.__mfId).not.toBe(b.store.__mfId);
    expect(isthmus.getSharedStore('b')).toBe(b.store);
  });

  it('a store that nobody joined is an error that says so', () => {
    expect(() => isthmus.getSharedStore()).toThrow(expect.objectContaining({ code: 'no-store' }));
    expect(() => isthmus.getSharedStore('cart')).toThrow(/no app has joined the store 'cart' yet/);
  });
});
