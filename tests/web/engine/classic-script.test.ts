import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { compileFunction } from 'node:vm';
import { build, type Platform } from 'esbuild';
import type * as Isthmus from 'isthmus';
import { beforeEach, expect, it } from 'vitest';
import { clearPage, registry } from '../fresh-page.js';

const dist = path.join(import.meta.dirname, '../../../dist');
beforeEach(clearPage);

/** Runs the package as one script without modules, in which `import.meta.url` is empty. */
async function runAsScript(platform: Platform): Promise<typeof Isthmus> {
  const { outputFiles } = await build({
    entryPoints: [path.join(dist, 'index.js')],
    bundle: true,
    write: false,
    format: 'cjs',
    platform,
    tsconfigRaw: {}, // its paths would lead past dist
    logLevel: 'error',
  });
  const run = compileFunction(outputFiles[0]!.text, ['module', 'require']);
  const module = { exports: {} };
  run(module, createRequire(import.meta.url));
  return module.exports as typeof Isthmus;
}

it('a script for a browser that cannot tell where it came from asks for the address of the engine', async () => {
  const isthmus = await runAsScript('browser');
  expect(registry()!.copies).toMatchObject([{ protocol: 1 }]);
  await expect(isthmus.loadEngine()).rejects.toMatchObject({
    code: 'engine-load',
    message: expect.stringMatching(/^the engine could not be loaded: .* call loadEngine\(url\)$/),
  });
  const [first, crossing] = ['engine.wasm', 'engine-crossing.wasm'];
  await isthmus.loadEngine(await readFile(path.join(dist, first!)), {
    crossing: await readFile(path.join(dist, crossing!)),
  });
  expectToRun(isthmus);
});

it('a script for a node that cannot tell where it came from has the engine in it', async () => {
  const isthmus = await runAsScript('node');
  await isthmus.loadEngine();
  expectToRun(isthmus);
});

function expectToRun(isthmus: typeof Isthmus): void {
  const slice = isthmus.defineSlice({ name: 'n', initialState: 1, reducers: {} });
  const store = isthmus.createIsolatedStore({ name: 'app', slices: [slice] });
  expect(store.getState()).toEqual({ n: 1 });
  store.dispose();
}
