import { createRequire } from 'node:module';
import { join } from 'node:path';
import type * as Isthmus from 'isthmus';
import type { Store } from 'redux';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import webpack from 'webpack';
import { configurations, output, type ContainerName } from './builds/webpack.config.js';

// Rows of the guide's table of pitfalls that only real builds show: first by hand, then with Isthmus.

interface Container {
  init(scope: object): Promise<void>;
  get(module: string): Promise<() => unknown>;
}
const require = createRequire(import.meta.url);

beforeAll(async () => {
  await new Promise<void>((resolve, reject) => {
    webpack(configurations(), (error, stats) => {
      if (error) reject(error);
      else if (stats?.hasErrors()) reject(new Error(stats.toString('errors-only')));
      else resolve();
    });
  });
});

let scope = {};
const warn = vi.fn();
beforeEach(() => {
  scope = {};
  warn.mockReset();
  vi.stubGlobal('document', {}); // a page, whose apps share
  vi.spyOn(console, 'warn').mockImplementation(warn);
});
afterEach(() => {
  for (const file of Object.keys(require.cache)) {
    if (file.startsWith(output)) delete require.cache[file];
  }
  delete (globalThis as { [key: symbol]: unknown })[Symbol.for('isthmus')];
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

/** Loads a container into the page's share scope, as webpack does for a remote, and its app. */
async function load<App>(name: ContainerName): Promise<App> {
  const container = require(join(output, name, 'entry.cjs')) as Container;
  await container.init(scope);
  return (await container.get('./app'))() as App;
}
const loadByHand = (name: ContainerName) => load<{ store: Store & { __mfId?: string } }>(name);

/** The host and a remote, both joined. */
async function joinBoth(remoteName: ContainerName) {
  const host = await load<typeof Isthmus>('isthmusHost');
  const remote = await load<typeof Isthmus>(remoteName);
  await Promise.all([host.loadEngine(), remote.loadEngine()]);
  const reducer = (theme = 'light', { type }: { type: string }) => {
    return type === 'theme/change' ? 'dark' : theme;
  };
  const { store } = host.joinSharedStore({ app: 'host', slices: [{ key: 'theme', reducer }] });
  const { store: seen } = remote.joinSharedStore({ app: 'remote' });
  store.dispatch({ type: 'theme/change' });
  return { store, seen, remote, copies: store.inspect().copies };
}

const loaded = /is a second copy.*share 'isthmus' as a singleton/;

describe('pitfall: state updates in one app, not another', () => {
  it('by hand, a remote without the shared block has a store of its own', async () => {
    const [host, remote] = [await loadByHand('host'), await loadByHand('unshared')];
    host.store.dispatch({ type: 'theme/change', payload: 'dark' });
    expect([host.store.getState(), remote.store.getState()]).toEqual(['dark', 'light']);
    expect(warn).not.toHaveBeenCalled();
  });

  it('with Isthmus, it has the one store, and the console names its copy', async () => {
    const { store, seen, copies } = await joinBoth('isthmusUnshared');
    expect(seen).toBe(store);
    expect(seen.getState()).toEqual({ theme: 'dark' });
    expect(copies.map(({ active }) => active)).toEqual([true, false]);
    expect(warn).toHaveBeenCalledExactlyOnceWith(expect.stringMatching(loaded));
  });
});

describe('pitfall: the page crashes after a remote deploy', () => {
  it('by hand, a strict version check refuses a minor skew', async () => {
    await loadByHand('host');
    await expect(loadByHand('strict')).rejects.toThrow(
      /Unsatisfied version 1\.0\.0 .*of shared singleton module page-store/,
    );
  });

  it('with Isthmus, a newer remote runs on what the page has, with a warning', async () => {
    const { store, seen, copies } = await joinBoth('isthmusNewer');
    expect(seen).toBe(store);
    expect(copies).toHaveLength(1);
    expect(warn).toHaveBeenCalledExactlyOnceWith(
      expect.stringMatching(/Unsatisfied version .* of shared singleton module isthmus/),
    );
  });
});

describe('pitfall: two remotes show different state with identical config', () => {
  it.each<[string, ContainerName]>([
    ['a relative import of the store', 'relative'],
    ['strictVersion, which falls back to the bundled copy', 'fallback'],
  ])('by hand, because of %s; a stamp on each store does not tell', async (_why, name) => {
    const [host, remote] = [await loadByHand('host'), await loadByHand(name)];
    host.store.dispatch({ type: 'theme/change', payload: 'dark' });
    expect([host.store.getState(), remote.store.getState()]).toEqual(['dark', 'light']);
    for (const { store } of [host, remote]) store.__mfId ??= crypto.randomUUID();
    expect(remote.store.__mfId).toBeTruthy(); // so a check for a stamp passes, on two stores
    expect(remote.store.__mfId).not.toBe(host.store.__mfId);
  });

  it('with Isthmus, an import that bypasses federation has the one store, and is reported', async () => {
    const { store, seen, remote } = await joinBoth('isthmusRelative');
    expect(seen).toBe(store);
    expect(seen.getState()).toEqual({ theme: 'dark' });
    expect(() => remote.assertShared(seen)).not.toThrow();
    expect(warn).toHaveBeenCalledExactlyOnceWith(expect.stringMatching(loaded));
  });

  it('with Isthmus, assertShared names a store that is another one, stamped or not', async () => {
    const { store, remote } = await joinBoth('isthmusUnshared');
    const { store: other } = await loadByHand('host');
    const stamped = { ...other, __mfId: crypto.randomUUID(), name: 'theirs' };
    expect(() => remote.assertShared(stamped)).toThrow(
      `'theirs' (${stamped.__mfId}) is not a shared store of this page, which has 'shared' (${store.__mfId})`,
    );
  });
});
