import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import { build as viteBuild, type Rollup } from 'vite';
import webpack from 'webpack';
import { describe, expect, it } from 'vitest';

// What is left of the built package in a bundle for production of an app that imports little of it.

const root = path.join(import.meta.dirname, '../..');
const folder = path.join(root, 'build/shaking');
const external = /^(react|redux|vue|svelte|isthmus|@angular\/core|@reduxjs\/toolkit)(\/|$)/;

const production = { 'process.env.NODE_ENV': '"production"' };

/** The script that a page loads at once, of a module; without the packages above. */
const bundlers: Record<string, (file: string) => Promise<string>> = {
  esbuild: async (file) => {
    const { outputFiles } = await build({
      ...{ entryPoints: [file], outdir: folder, bundle: true, minify: true, format: 'esm' },
      ...{ define: production, write: false, tsconfigRaw: {} },
      // Redux is no external: isthmus/redux exports all of it, and esbuild would have to look when it runs.
      external: ['react', 'vue', 'svelte', 'isthmus', '@angular/core', '#*'],
    });
    return outputFiles[0]!.text;
  },
  webpack: (file) =>
    new Promise((resolve, reject) => {
      const compiler = webpack({
        ...{ mode: 'production', entry: file, performance: false },
        output: { path: `${file}-webpack`, filename: 'main.js', module: true },
        experiments: { outputModule: true },
        ...{ externals: external, externalsType: 'module' },
      });
      compiler.run((error, stats) => {
        const problem = error ?? (stats?.hasErrors() ? new Error(stats.toString()) : undefined);
        compiler.close(() => {
          if (problem) reject(problem);
          else resolve(readFileSync(`${file}-webpack/main.js`, 'utf8'));
        });
      });
    }),
  vite: async (file) => {
    const { output } = (await viteBuild({
      ...{ root: folder, logLevel: 'error', configFile: false, define: production },
      build: { write: false, rollupOptions: { input: file, external } },
    })) as Rollup.RollupOutput;
    return output[0].code;
  },
};
const names = Object.keys(bundlers);

/** A module that takes something from dist and uses it. */
function moduleOf(entry: string, taken: string): string {
  const file = path.join(folder, `${entry}-${taken.replace(/\W+/g, '')}.js`);
  const used = taken.replace(/\* as |[{}]/g, '');
  const from = JSON.stringify(path.join(root, 'dist', `${entry}.js`));
  writeFileSync(file, `import ${taken} from ${from};\nglobalThis.used = [${used}];\n`);
  return file;
}

rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });

it.each(names)('by %s crossApp of isthmus is at most 2 kB minified, and runs', async (name) => {
  const script = await bundlers[name]!(moduleOf('index', '{ crossApp }'));
  expect(script.length).toBeLessThanOrEqual(2000);
  const file = path.join(folder, `run-${name}.mjs`);
  writeFileSync(file, script.replace(/import\s*(\{[^}]*\}\s*from)?\s*"#[^"]*";/g, ''));
  await import(/* @vite-ignore */ file);
  const [crossApp] = (globalThis as { used?: [(action: object) => object] }).used!;
  expect(crossApp({ type: 'a' })).toEqual({ type: 'a', meta: { crossApp: true } });
});

/** One small export of each entry for pages that has several. */
const small: Record<string, string> = {
  index: 'isBridged',
  angular: 'injectSharedStore',
  program: 'inc',
  react: 'useSharedStore',
  redux: 'combineReducers',
  storage: 'localStorageAdapter',
  svelte: 'useSharedStore',
  testing: 'takeBaseline',
  vue: 'useSharedStore',
};

describe.each(Object.entries(small))('of dist/%s.js', (entry, name) => {
  it.each(names)(`${name} alone keeps at most a quarter, by %s`, async (bundler) => {
    const one = await bundlers[bundler]!(moduleOf(entry, `{ ${name} }`));
    const whole = await bundlers['esbuild']!(moduleOf(entry, '* as whole'));
    expect(one.length).toBeLessThan(whole.length / 4);
  });
});

it.each(names)('by %s a page that joins has nothing of what it does not import', async (name) => {
  const taken = '{ defineSlice, joinSharedStore, loadEngine }';
  const script = await bundlers[name]!(moduleOf('index', taken));
  expect(script).toContain('engine-missing');
  expect(script).not.toMatch(/not-shared|createIsolatedStore|recoveryListeners \?\?=/);
});
