import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type * as Isthmus from 'isthmus';
import type * as Inline from 'isthmus/inline';
import { inc } from 'isthmus/program';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';

const root = resolve(import.meta.dirname, '../../..');
const installed = join(root, 'build/inline-test');

/** The package as it would be without its wasm file; within the project, so that it finds redux. */
beforeEach(() => {
  mkdirSync(join(installed, 'dist'), { recursive: true });
  const files = ['index.js', 'inline.js', 'engine-source.node.js'].map((name) => `dist/${name}`);
  for (const file of ['package.json', ...files]) cpSync(join(root, file), join(installed, file));
});
afterEach(() => {
  rmSync(installed, { recursive: true });
  vi.restoreAllMocks();
});

it('isthmus/inline loads the engine with no wasm file and nothing fetched, once for all', async () => {
  vi.spyOn(globalThis, 'fetch').mockImplementation(() => {
    throw new Error('nothing is to be fetched');
  });
  const load = (name: string): Promise<unknown> =>
    import(/* @vite-ignore */ pathToFileURL(join(installed, 'dist', name)).href);
  const isthmus = (await load('index.js')) as typeof Isthmus;
  const { loadInlineEngine } = (await load('inline.js')) as typeof Inline;
  await expect(isthmus.loadEngine()).rejects.toThrow(/engine\.wasm.*ENOENT/);

  await Promise.all([loadInlineEngine(), isthmus.loadEngine(), loadInlineEngine()]);
  const { defineSlice, createIsolatedStore } = isthmus;
  const hits = defineSlice({ name: 'hits', initialState: 41, reducers: { add: [inc('')] } });
  const store = createIsolatedStore({ name: 'app', slices: [hits] });
  store.dispatch(hits.actions.add());
  expect(store.getState()).toEqual({ hits: 42 });
  expect(store.inspect().engines).toBe(1);
});
