import * as isthmus from 'isthmus';
import {
  mockFederation,
  type MockContainer,
  type MockFederation,
  type ShareScope,
} from 'isthmus/testing';
import * as react from 'react';
import { afterEach, describe, expect, it } from 'vitest';
import manifest from '../../../package.json' with { type: 'json' };

/** What webpack and its remotes put on a page. */
interface FederatedPage {
  __webpack_init_sharing__(scope?: string): Promise<void>;
  __webpack_share_scopes__: Record<string, ShareScope>;
  hostApp: MockContainer;
}
const page = globalThis as unknown as FederatedPage;

let federation: MockFederation | undefined;
afterEach(() => federation?.restore());
const store = { name: 'the store' };
const remotes = { hostApp: { './store': () => ({ store }), './late': async () => 'late' } };

/** As a page loads a remote whose name it learns at run time. */
async function loadByHand(module: string): Promise<unknown> {
  await page.__webpack_init_sharing__('default');
  await page.hostApp.init(page.__webpack_share_scopes__['default']!);
  return (await page.hostApp.get(module))();
}

describe('the share scope', () => {
  it('is filled by __webpack_init_sharing__, with versions, get, from and loaded', async () => {
    federation = mockFederation({
      name: 'shell',
      shared: { isthmus, react, untold: { answer: 42 } },
    });
    expect(page.__webpack_share_scopes__).toEqual({});
    await page.__webpack_init_sharing__();
    const scope = page.__webpack_share_scopes__['default']!;
    expect(federation.scope).toBe(scope);
    const share = { get: expect.any(Function), from: 'shell', eager: false, loaded: 1 };
    expect(scope).toEqual({
      isthmus: { [manifest.version]: share },
      react: { [react.version]: share },
      untold: { '0.0.0': share },
    });
    expect((await scope['react']![react.version]!.get())()).toBe(react);
    await page.__webpack_init_sharing__('default');
    expect(page.__webpack_share_scopes__['default']).toBe(scope);
  });

  it('has several versions, where they were described, from several builds', async () => {
    federation = mockFederation({
      shared: {
        redux: [
          { version: '5.0.1', get: async () => 'new', from: 'cart' },
          { version: '4.2.1', get: () => 'old', eager: true, loaded: true },
        ],
      },
    });
    await page.__webpack_init_sharing__();
    const { '5.0.1': later, '4.2.1': eager } = federation.scope['redux']!;
    expect([later!.from, eager!.from, later!.loaded, eager!.loaded]).toEqual([
      'cart',
      'host',
      undefined,
      1,
    ]);
    expect((await later!.get())()).toBe('new');
    expect((eager!.get as () => () => unknown)()()).toBe('old');
  });

  it('of another name stays empty', async () => {
    federation = mockFederation({ scope: 'legacy', shared: { react } });
    await page.__webpack_init_sharing__('default');
    expect([page.__webpack_share_scopes__, federation.scope]).toEqual([{ default: {} }, {}]);
    await page.__webpack_init_sharing__('legacy');
    expect(Object.keys(federation.scope)).toEqual(['react']);
  });
});

describe('a container', () => {
  it('gives the modules of the test, once it was initialised', async () => {
    federation = mockFederation({ remotes });
    expect(await loadByHand('./store')).toEqual({ store });
    expect(await loadByHand('./late')).toBe('late');
  });

  it('refuses what webpack refuses, in its words', async () => {
    federation = mockFederation({ remotes });
    await expect(loadByHand('./nothing')).rejects.toThrow(
      'Module "./nothing" does not exist in container.',
    );
    await expect(page.hostApp.init({})).rejects.toThrow(
      /already been initialized with a different share scope/,
    );
  });

  it('refuses what webpack would answer with copies of its own', async () => {
    federation = mockFederation({ remotes });
    await expect(page.hostApp.get('./store')).rejects.toThrow(/'hostApp' is not initialised/);
    const tooEarly = page.__webpack_share_scopes__['default']!;
    await expect(page.hostApp.init(tooEarly)).rejects.toThrow(/was given no share scope/);
  });
});

describe('load', () => {
  it('does what import() does in a federated build', async () => {
    federation = mockFederation({ shared: { react }, remotes });
    const module = await federation.load<{ store: object }>('hostApp/store');
    expect(module.store).toBe(store);
    expect(Object.keys(federation.scope)).toEqual(['react']);
  });

  it('of an unknown remote names those that there are', async () => {
    federation = mockFederation({ remotes });
    await expect(federation.load('cart/App')).rejects.toThrow(
      "'cart/App' is of no remote that mockFederation() was told of ('hostApp')",
    );
  });
});

it('restore puts back what was there, and takes the rest away', () => {
  const before = Reflect.ownKeys(globalThis);
  Object.assign(globalThis, { hostApp: 'the real one' });
  const { restore } = mockFederation({ remotes });
  expect(page.hostApp).not.toBe('the real one');
  restore();
  expect(page.hostApp).toBe('the real one');
  restore();
  delete (globalThis as Partial<FederatedPage>).hostApp;
  expect(Reflect.ownKeys(globalThis)).toEqual(before);
});
