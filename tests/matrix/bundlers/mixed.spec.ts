import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import {
  bundlers,
  hosts,
  MixedApps,
  othersOf,
  stateOnceWritten,
  vites,
  type Bundler,
} from './mixed-page.js';

declare global {
  var instances: number;
  /** What src/page.js offers. */
  var matrix: {
    storeIds(): string[];
    copies(): number;
    write(text: string): void;
    state(): Record<string, string[]>;
  };
}

const remotes = [...new Set([...bundlers, ...vites])];
const pages = [
  ...hosts.map((host) => ({ host, loaded: othersOf(host) })),
  ...hosts.map((host) => ({ host, loaded: vites })),
];
/** How manifests name them. */
const named: Record<Bundler, RegExp> = {
  webpack: /^webpack 5/,
  enhanced: /^webpack 5/,
  rspack: /^rspack 2/,
  vite: /^vite 8/,
  vite7: /^vite 7/,
  vite6: /^vite 6/,
};
let mixed: MixedApps;

test.beforeAll(async () => {
  test.setTimeout(180_000);
  mixed = await MixedApps.build(remotes);
});

test.afterAll(() => mixed.close());

for (const { host: bundler, loaded } of pages) {
  test(`a host by ${bundler} and remotes by ${loaded.join(', ')} have one store`, async ({
    page,
  }) => {
    const told: string[] = [];
    page.on('console', (message) => told.push(message.text()));
    page.on('pageerror', (error) => told.push(String(error)));
    const host = await mixed.host(bundler, loaded);
    await page.addInitScript(countInstances);
    await page.goto(host.url);
    await expect(page.locator('p'))
      .toHaveCount(4)
      .catch(() => expect(told).toEqual([]));
    const ids = await page.evaluate(() => matrix.storeIds());
    expect(ids).toEqual(Array.from(ids, () => ids[0]));
    expect(ids).toHaveLength(4);
    expect(await page.evaluate(() => instances)).toBe(1);
    // The share scope of webpack's own plugin is none for Vite's remotes, which bring theirs to each other.
    expect(await page.evaluate(() => matrix.copies())).toBe(bundler === 'webpack' ? 2 : 1);

    await page.evaluate(() => matrix.write('writes'));
    expect(await page.evaluate(() => matrix.state())).toEqual(
      stateOnceWritten(bundler, 'writes', loaded),
    );
    for (const app of loaded.map((each) => `${each}App`)) {
      await expect(page.locator(`p[data-app=${app}]`)).toHaveText(`host writes, ${app} writes`);
    }
    expect(told.filter((text) => !isExpected(text, bundler))).toEqual([]);

    const places = await page.evaluate(placesOfEngines);
    expect(places.map(({ origin }) => origin).sort()).toEqual(
      [host, ...loaded.filter((each) => !each.startsWith('vite')).map((each) => mixed.remote(each))]
        .map(({ url }) => url)
        .sort(),
    );
    expect(places.every(({ isWasm }) => isWasm)).toBe(true);
  });
}

/** Where the builds by IsthmusFederationPlugin say that their engine.wasm lies, and whether it does. */
async function placesOfEngines(): Promise<{ origin: string; isWasm: boolean }[]> {
  const told = (globalThis as never)[Symbol.for('isthmus.engines') as never] as { url: string }[];
  const look = async ({ url }: { url: string }) => {
    const bytes = new Uint8Array(await (await fetch(url)).arrayBuffer());
    return { origin: new URL(url).origin, isWasm: String(bytes.slice(0, 4)) === '0,97,115,109' };
  };
  return Promise.all(told.map(look));
}

for (const bundler of remotes) {
  test(`a remote by ${bundler} describes its slice in its manifest`, async () => {
    const { name, output } = mixed.remote(bundler);
    const text = await readFile(path.join(output, 'isthmus-manifest.json'), 'utf8');
    const manifest = JSON.parse(text) as Record<string, unknown>;
    expect(manifest).toMatchObject({
      manifestVersion: 1,
      name,
      bundler: expect.stringMatching(named[bundler]),
      versions: { isthmus: manifest.isthmus, react: '19.3.1' },
      exposes: ['./app'],
      slices: [{ key: `notes-${name}`, schemaVersion: 1, native: true }],
      contracts: { [`notes-${name}/add`]: { payload: { type: 'string', maxLength: 32 } } },
    });
    expect(manifest.shared).toMatchObject({
      isthmus: { singleton: true, strictVersion: false, eager: false },
      react: { singleton: true, strictVersion: false, eager: false, requiredVersion: '19.3.1' },
    });
    // Vite's plugin would load it on every page.
    expect('isthmus/inline' in (manifest.shared as object)).toBe(!bundler.startsWith('vite'));
  });
}

/**
 * Between a host of the federation runtime 2 and a remote of webpack's own plugin, the runtime enters
 * shares under the version `undefined`, at which webpack's code wonders.
 */
function isExpected(text: string, host: Bundler): boolean {
  return text.startsWith(`Unsatisfied version undefined from ${host}Host`);
}

/** Counts the engines that any script of the page makes: instances of the first file, which imports no other. */
function countInstances() {
  globalThis.instances = 0;
  for (const name of ['instantiate', 'instantiateStreaming'] as const) {
    const real = WebAssembly[name] as (...args: unknown[]) => Promise<unknown>;
    const counted = async (...args: unknown[]) => {
      const result = await real.apply(WebAssembly, args);
      if (!('first' in (args[1] as object))) instances += 1;
      return result;
    };
    Object.defineProperty(WebAssembly, name, { value: counted });
  }
}
