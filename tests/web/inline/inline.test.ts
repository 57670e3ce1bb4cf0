import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type * as Isthmus from 'isthmus';
import type * as Inline from 'isthmus/inline';
import { inc } from 'isthmus/program';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { entryFiles } from '../../entry-files.js';
import { clearPage } from '../fresh-page.js';

const root = resolve(import.meta.dirname, '../../..');
const installed = join(root, 'build/inline-test');

/** The package as it would be without its wasm file; within the project, so that it finds redux. */
beforeEach(() => {
  clearPage();
  mkdirSync(join(installed, 'dist'), { recursive: true });
  const names = [...entryFiles, 'inline.js', 'engine-source.node.js', 'engine-bytes.js'];
  const files = names.map((name) => `dist/${name}`);
  for (const file of ['package.json', ...files]) cpSync(join(root, file), join(installed, file));
});
const load = (name: string): Promise<unknown> =>
  import(/* @vite-ignore */ pathToFileURL(join(installed, 'dist', name)).href);

afterEach(() => {
  rmSync(installed, { recursive: true });
  vi.restoreAllMocks();
});

it('isthmus/inline loads the engine with no wasm file and nothing fetched, once for all', async () => {
  vi.spyOn(globalThis, 'fetch').mockImplementation(() => {
    throw new Error('nothing is to be fetched');
  });
  const isthmus = (await load('index.js')) as typeof Isthmus;
  const { loadInlineEngine } = (await load('inline.js')) as typeof Inline;
  await Promise.all([loadInlineEngine(), isthmus.loadEngine(), loadInlineEngine()]);
  expectToRun(isthmus);
});

it('a server whose bundle has left the wasm file behind takes the engine from there, too', async () => {
  const isthmus = (await load('index.js')) as typeof Isthmus;
  await isthmus.loadEngine();
  expectToRun(isthmus);
});

function expectToRun(isthmus: typeof Isthmus): void {
  const { defineSlice, createIsolatedStore } = isthmus;
  const hits = defineSlice({ name: 'hits', initialState: 41, reducers: { add: [inc('')] } });
  const store = createIsolatedStore({ name: 'app', slices: [hits] });
  store.dispatch(hits.actions.add());
  expect(store.getState()).toEqual({ hits: 42 });
  expect(store.inspect().engines).toBe(1);
}
