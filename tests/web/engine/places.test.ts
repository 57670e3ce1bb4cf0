// A copy of the package without its engine beside it, as where webpack has taken a remote's isthmus and the page may
// not read that remote's server, on a page whose other builds have told where theirs lies (webpack/plugin).

import { copyFile, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type * as Isthmus from 'isthmus';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { entryFiles } from '../../entry-files.js';
import manifest from '../../../package.json' with { type: 'json' };

const repository = fileURLToPath(new URL('../../..', import.meta.url));
const engine = pathToFileURL(join(repository, 'dist/engine.wasm')).href;
const crossing = pathToFileURL(join(repository, 'dist/engine-crossing.wasm')).href;
const nowhere = 'file:///nowhere/engine.wasm';
const PAGE = Symbol.for('isthmus');
const ENGINES = Symbol.for('isthmus.engines');
const page = globalThis as {
  [PAGE]?: unknown;
  [ENGINES]?: { version: string; url: string; crossing: string }[];
};

let folder = '';
let copies = 0;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'isthmus-places-'));
  await mkdir(join(folder, 'dist'));
  const scripts = [...entryFiles, 'engine-source.node.js'].map((name) => `dist/${name}`);
  for (const file of ['package.json', ...scripts]) {
    await copyFile(join(repository, file), join(folder, file));
  }
});
afterAll(() => rm(folder, { recursive: true, force: true }));
afterEach(() => void delete page[ENGINES]);

async function loadedWith(...places: [version: string, url: string][]): Promise<typeof Isthmus> {
  delete page[PAGE];
  page[ENGINES] = places.map(([version, url]) => ({ version, url, crossing }));
  const url = `${pathToFileURL(join(folder, 'dist/index.js')).href}?${++copies}`;
  const isthmus = (await import(/* @vite-ignore */ url)) as typeof Isthmus;
  await isthmus.loadEngine();
  return isthmus;
}

it('takes the engine of another build of the same version', async () => {
  const isthmus = await loadedWith([manifest.version, nowhere], [manifest.version, engine]);
  const slice = isthmus.defineSlice({
    name: 'count',
    initialState: 0,
    reducers: { add: (n: number) => n + 1 },
  });
  expect(slice.reducer(1, slice.actions.add())).toBe(2);
});

it('takes no engine of another version, and names all places where it looked', async () => {
  const own = pathToFileURL(join(folder, 'dist/engine.wasm')).href;
  const loading = loadedWith(['0.0.1', engine], [manifest.version, nowhere]);
  const { code, message } = (await loading.catch((error: unknown) => error)) as Isthmus.EngineError;
  expect(code).toBe('engine-load');
  const [first, second, cure] = message.split(/; nor |\. (?=It is not there)/);
  expect(first).toBe(
    `the engine could not be loaded from ${own}: ENOENT: no such file or directory, open '${fileURLToPath(own)}'`,
  );
  expect(second).toMatch(`from ${nowhere}: ENOENT`);
  expect(cure).toMatch(/build copies engine\.wasm/);
});
