// @vitest-environment jsdom
import { writeFile } from 'node:fs/promises';
import type * as Isthmus from 'isthmus';
import type { Duplicate } from 'isthmus';
import { createStore } from 'redux';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Release } from '../../releases.js';
import { clearPage, pageRegistry, registry } from '../fresh-page.js';

const releases = {
  host: new Release('unit-host', { version: '0.3.1' }),
  older: new Release('unit-older', { version: '0.3.0' }),
  newer: new Release('unit-newer', { version: '0.4.0' }),
  other: new Release('unit-other', { version: '1.0.0', protocol: 2 }),
};
type Name = keyof typeof releases;

const load = (name: Name) => releases[name].load<typeof Isthmus>();
const told = () =>
  [warn, error].flatMap((spy) => spy.mock.calls.map((call: unknown[]) => String(call[0])));

let warn: ReturnType<typeof vi.spyOn>;
let error: ReturnType<typeof vi.spyOn>;
beforeEach(() => {
  warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
  error = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  clearPage();
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

describe('a copy of the same protocol', () => {
  for (const later of ['older', 'newer'] as const) {
    it(`that is ${later} hands out the functions, the engine and the store of the first`, async () => {
      const [host, remote] = [await load('host'), await load(later)];
      expect({ ...remote }).toEqual({ ...host });
      await Promise.all([remote.loadEngine(), host.loadEngine()]);
      expect(pageRegistry()!.engines).toBe(1);
      const { store } = remote.joinSharedStore({ app: 'remote' });
      expect(host.joinSharedStore({ app: 'host' }).store).toBe(store);
      expect(store.inspect().copies).toMatchObject([
        { version: '0.3.1', protocol: 1, active: true },
        { version: later === 'older' ? '0.3.0' : '0.4.0', active: false },
      ]);
    });
  }

  it('is named with version, script and stack of both, and what to do', async () => {
    await load('host');
    expect(told()).toEqual([]);
    await load('newer');
    const [text, ...rest] = told();
    expect(rest).toEqual([]);
    expect(text).toMatch(
      /^isthmus: isthmus 0\.4\.0 \(file:.*unit-newer\/dist\/index\.js\?load=\d+\) is a second copy; isthmus 0\.3\.1 \(file:.*unit-host\/dist\/index\.js\?load=\d+\) stays in use\..*share 'isthmus' as a singleton/,
    );
    expect(text).toMatch(/Second:\n[^]*unit-newer[^]*In use:\n[^]*unit-host/);
  });

  it('is told to the console in development only', async () => {
    vi.stubEnv('NODE_ENV', 'production');
    await load('host');
    await load('newer');
    expect(told()).toEqual([]);
    vi.stubEnv('NODE_ENV', 'development');
    await load('older');
    expect(told()).toHaveLength(1);
  });

  it('is told by a host of a development build, though it was itself built for production', async () => {
    vi.stubEnv('NODE_ENV', 'development');
    await load('host');
    vi.stubEnv('NODE_ENV', 'production');
    await load('newer');
    expect(told()).toEqual([
      expect.stringMatching(/^isthmus: isthmus 0\.4\.0 .* is a second copy/),
    ]);
    vi.stubEnv('NODE_ENV', 'development');
    await load('older');
    expect(told()).toHaveLength(2);
  });

  it('is told to listeners: at once if it is there already, and when it comes', async () => {
    const isthmus = await load('host');
    await load('older');
    const heard: Duplicate[] = [];
    const end = isthmus.onDuplicate((duplicate) => heard.push(duplicate));
    expect(heard).toMatchObject([
      { reason: 'duplicate', copy: { version: '0.3.0' }, inUse: { version: '0.3.1' } },
    ]);
    await load('newer');
    expect(heard[1]).toMatchObject({ copy: { version: '0.4.0' }, inUse: { version: '0.3.1' } });
    expect(heard[1]!.message).toContain('unit-newer/dist/index.js');
    end();
    await load('older');
    expect(heard).toHaveLength(2);
  });

  it('comes in although a listener throws, and the other listeners hear of it', async () => {
    const isthmus = await load('host');
    const failure = new Error('from a listener');
    isthmus.onDuplicate(() => {
      throw failure;
    });
    const second = vi.fn();
    isthmus.onDuplicate(second);
    await expect(load('newer')).resolves.toHaveProperty('joinSharedStore');
    expect(second).toHaveBeenCalledOnce();
    expect(error).toHaveBeenCalledExactlyOnceWith(failure);
  });
});

describe('a copy of another protocol', () => {
  const refusal =
    /isthmus 1\.0\.0 \(file:.*unit-other.*isthmus 0\.3\.1 \(file:.*unit-host.*protocol \(2, 1\).*rebuild the app of file:.*unit-other/;

  it('can be imported and define slices, and is refused where it would share the page', async () => {
    const host = await load('host');
    await host.loadEngine();
    const { store } = host.joinSharedStore({ app: 'host' });
    const other = await load('other');
    const slice = other.defineSlice({ name: 'cart', initialState: 0, reducers: {} });

    const uses = {
      joinSharedStore: () => other.joinSharedStore({ app: 'cart', slices: [slice] }),
      getSharedStore: () => other.getSharedStore(),
      createIsolatedStore: () => other.createIsolatedStore({ name: 'cart' }),
      assertShared: () => other.assertShared(store),
      reducer: () => slice.reducer(undefined, { type: 'x' }),
    };
    for (const [name, use] of Object.entries(uses)) {
      expect(use, name).toThrow(expect.objectContaining({ code: 'protocol' }));
      expect(use, name).toThrow(refusal);
    }
    await expect(other.loadEngine()).rejects.toThrow(refusal);
    await expect(other.loadEngine()).rejects.toBeInstanceOf(host.IsthmusError);
    expect(registry()!.realms[2]).not.toHaveProperty('engine');
    expect(host.getSharedStore()).toBe(store);
    expect(store.getState()).toEqual({});
  });

  it('is an error on the console in production, too, and told to listeners', async () => {
    vi.stubEnv('NODE_ENV', 'production');
    const host = await load('host');
    await host.loadEngine();
    const heard = vi.fn();
    host.onDuplicate(heard);
    const other = await load('other');
    expect(error).toHaveBeenCalledExactlyOnceWith(expect.stringMatching(refusal));
    expect(heard).toHaveBeenCalledExactlyOnceWith(
      expect.objectContaining({
        reason: 'protocol',
        copy: expect.objectContaining({ protocol: 2 }),
      }),
    );
    const heardByOther = vi.fn();
    other.onDuplicate(heardByOther);
    expect(heardByOther.mock.calls).toEqual(heard.mock.calls);
  });

  it('does not win by being imported first, but by being used first', async () => {
    const other = await load('other');
    const host = await load('host');
    expect(told()[0]).toContain('rebuild either app');
    await host.loadEngine();
    expect(() => other.getSharedStore()).toThrow(refusal);
    expect(host.joinSharedStore({ app: 'host' }).store.inspect()).toMatchObject({
      copies: [
        { version: '1.0.0', active: false },
        { version: '0.3.1', active: true },
      ],
    });
    const heard: string[] = [];
    host.onDuplicate(({ copy, inUse }) => heard.push(`${copy.version} beside ${inUse.version}`));
    expect(heard).toEqual(['1.0.0 beside 0.3.1']);
  });
});

describe('assertShared', () => {
  it('accepts the shared store of whichever copy, and refuses all others by name', async () => {
    const isthmus = await load('host');
    await isthmus.loadEngine();
    const { store } = isthmus.joinSharedStore({ app: 'host' });
    const isolated = isthmus.createIsolatedStore({ name: 'checkout' });
    expect(() => isthmus.assertShared(store)).not.toThrow();
    const later = await load('newer');
    expect(() => later.assertShared(later.getSharedStore())).not.toThrow();

    const ended = isthmus.createIsolatedStore({ name: 'ended' });
    ended.dispose();
    const refused: [unknown, string][] = [
      [isolated, `'checkout' (${isolated.__mfId})`],
      [isolated, 'it is isolated'],
      [ended, `'ended' (${ended.__mfId})`],
      [ended, 'it has ended or was made elsewhere'],
      [createStore((state: number = 0) => state), "'this store' (without __mfId)"],
      [undefined, 'undefined is not a shared store of this page'],
      [null, 'null is not'],
      ['store', 'store is not'],
    ];
    for (const [given, text] of refused) {
      const refuse = () => isthmus.assertShared(given);
      expect(refuse).toThrow(expect.objectContaining({ code: 'not-shared' }));
      expect(refuse).toThrow(text);
      expect(refuse).toThrow(`'shared' (${store.__mfId})`);
    }
  });
});

describe('a step that the engine lacks', () => {
  interface App {
    define(isthmus: typeof Isthmus): Isthmus.AnyNativeSlice;
  }
  const steps = "[{ op: 'rotate', path: '/a' }]";
  const program = `{ name: 'cart', initialState: {}, reducers: { turn: ${steps} } }`;
  const app = `export const define = (isthmus) => isthmus.defineSlice(${program});`;
  const lacking =
    /on the engine of isthmus 0\.3\.1 \(file:.*unit-host.*: this engine has no step 'rotate' \(at \/reducers\/turn\/0\/op\)$/;

  it('is an error that names the app and the copy whose engine is in use', async () => {
    await writeFile(releases.newer.file('app.js'), app);
    await load('host');
    const remote = await load('newer');
    const { define } = await releases.newer.load<App>('app.js');
    const early = define(remote);
    await remote.loadEngine();
    const join = () => remote.joinSharedStore({ app: 'remote-cart', slices: [early] });
    expect(join).toThrow(/^'remote-cart' cannot inject its slice 'cart'/);
    expect(join).toThrow(lacking);
    expect(() => define(remote)).toThrow(/^slice 'cart' of file:.*unit-newer\/dist\/app\.js/);
    expect(() => define(remote)).toThrow(lacking);
    expect(() => define(remote)).toThrow(remote.EngineError);
  });
});
