import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { remoteOf, ServedApp, type Bundler } from './mixed-page.js';

declare global {
  var instances: number;
  /** What src/page.js offers. */
  var matrix: {
    storeIds(): string[];
    write(text: string): void;
    state(): Record<string, string[]>;
  };
}

const all: Bundler[] = ['webpack', 'enhanced', 'rspack', 'vite'];
const hosts: Bundler[] = ['webpack', 'enhanced', 'rspack'];
const remotes = new Map<Bundler, ServedApp>();

test.beforeAll(async () => {
  test.setTimeout(180_000);
  for (const bundler of all) remotes.set(bundler, await ServedApp.build(`${bundler}App`, bundler));
});

test.afterAll(() => remotes.forEach((remote) => remote.close()));

for (const bundler of hosts) {
  const others = all.filter((each) => each !== bundler);

  test(`a host by ${bundler} and remotes by ${others.join(', ')} have one store`, async ({
    page,
  }) => {
    const told: string[] = [];
    page.on('console', (message) => told.push(message.text()));
    page.on('pageerror', (error) => told.push(String(error)));
    const named = others.map((each, i) => {
      return [['one', 'two', 'three'][i], remoteOf(remotes.get(each)!, each)];
    });
    const host = await ServedApp.build(`${bundler}Host`, bundler, Object.fromEntries(named));
    try {
      await page.addInitScript(countInstances);
      await page.goto(host.url);
      await expect(page.locator('p'))
        .toHaveCount(4)
        .catch(() => expect(told).toEqual([]));
      const ids = await page.evaluate(() => matrix.storeIds());
      expect(ids).toEqual(Array.from(ids, () => ids[0]));
      expect(ids).toHaveLength(4);
      expect(await page.evaluate(() => instances)).toBe(1);

      await page.evaluate(() => matrix.write('writes'));
      const apps = others.map((each) => `${each}App`);
      const notes = apps.map((app) => [`notes-${app}`, ['host writes', `${app} writes`]]);
      const state = { 'notes-host': ['host writes'], ...Object.fromEntries(notes) };
      expect(await page.evaluate(() => matrix.state())).toEqual(state);
      for (const app of apps) {
        await expect(page.locator(`p[data-app=${app}]`)).toHaveText(`host writes, ${app} writes`);
      }
      expect(told.filter((text) => !isExpected(text, bundler))).toEqual([]);
    } finally {
      host.close();
    }
  });
}

for (const bundler of all) {
  test(`a remote by ${bundler} describes its slice in its manifest`, async () => {
    const { name, output } = remotes.get(bundler)!;
    const text = await readFile(path.join(output, 'isthmus-manifest.json'), 'utf8');
    const manifest = JSON.parse(text) as Record<string, unknown>;
    expect(manifest).toMatchObject({
      manifestVersion: 1,
      name,
      bundler: expect.stringMatching(bundler === 'enhanced' ? /^webpack 5/ : RegExp(bundler)),
      versions: { isthmus: manifest.isthmus, react: '19.3.1', redux: '5.0.1' },
      exposes: ['./app'],
      slices: [{ key: `notes-${name}`, schemaVersion: 1, native: true }],
      contracts: { [`notes-${name}/add`]: { payload: { type: 'string', maxLength: 32 } } },
    });
    expect(manifest.shared).toMatchObject({
      isthmus: { singleton: true, strictVersion: false, eager: false },
      react: { singleton: true, strictVersion: false, eager: false, requiredVersion: '19.3.1' },
    });
  });
}

/**
 * Between a host of the federation runtime 2 and a remote of webpack's own plugin, the runtime enters
 * shares under the version `undefined`, at which webpack's code wonders. And Vite's remote enters its
 * isthmus in the scope of a webpack host before that one has used its own, so that both are loaded;
 * the page registry makes the second harmless.
 */
function isExpected(text: string, host: Bundler): boolean {
  if (host !== 'webpack') return text.startsWith(`Unsatisfied version undefined from ${host}Host`);
  return text.startsWith('isthmus: a second copy was loaded');
}

/** Counts the wasm instances that any script of the page makes. */
function countInstances() {
  globalThis.instances = 0;
  for (const name of ['instantiate', 'instantiateStreaming'] as const) {
    const real = WebAssembly[name] as (...args: unknown[]) => Promise<unknown>;
    const counted = async (...args: unknown[]) => {
      const result = await real.apply(WebAssembly, args);
      instances += 1;
      return result;
    };
    Object.defineProperty(WebAssembly, name, { value: counted });
  }
}
