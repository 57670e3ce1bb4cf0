import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { beforeAll, describe, expect, it } from 'vitest';
import webpack from 'webpack';

// One small app that does all that development tells of, built as apps are and then run. Beside it stand
// the texts, which hints.test.ts sees in development.

const folder = join(import.meta.dirname, '../../../../build/hints');
const dist = join(import.meta.dirname, '../../../../dist');

const app = `
import { createIsolatedStore, crossApp, defineSlice, joinSharedStore, loadEngine, plain } from 'isthmus';
import { inc } from 'isthmus/program';

globalThis.document ??= {};
const said = [];
for (const level of ['warn', 'error']) console[level] = (text) => said.push(String(text));
const root = {
  isConnected: true,
  ownerDocument: {},
  getRootNode: () => root.ownerDocument,
};
let mutated;
globalThis.MutationObserver = class {
  constructor(call) { mutated = call; }
  observe() {}
  disconnect() {}
};
const transport = () => ({ post() {}, onMessage() {}, close() {} });
const reducers = { add: [inc('/count')] };
const cart = defineSlice({ name: 'cart', initialState: { count: 0 }, reducers });

await loadEngine(globalThis.engineBytes, { crossing: globalThis.crossingBytes, whole: true });
const { store } = joinSharedStore({ app: 'cart', slices: [cart], root, bridge: { transport } });
store.dispatch(crossApp(cart.actions.add()));
store.read(['cart', 'cuont']);
store.read(['crat']);
void store.whenReady('porfile');
root.isConnected = false;
mutated?.();
const own = createIsolatedStore({ name: 'own', slices: [cart], bridge: { transport } });
own.dispose();
own.dispatch(cart.actions.add());
const lease = joinSharedStore({ app: 'count', slices: [] }).inject({ key: 'n', reducer: () => 0, actions: { up: { type: 'up' } } });
lease.dispose({ now: true });
store.dispatch({ type: 'up' });
try {
  store.injectReducer('cart', () => 0);
} catch ({ message }) {
  if (!message.includes('not a function')) said.push(message);
}
await new Promise((later) => setTimeout(later, 10_500));
globalThis.report({ said, state: plain(store.getState()) });
`;

const texts = [
  'is marked to cross',
  'nothing is at',
  'Did you mean',
  'has no slice',
  'probably means',
  'was dispatched',
  'root element is gone',
  'as stores of other libraries have',
];

beforeAll(() => {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'app.js'), app);
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
});

type Mode = 'development' | 'production';

async function byWebpack(mode: Mode): Promise<string> {
  await new Promise<void>((resolve, reject) => {
    const config: webpack.Configuration = {
      mode,
      devtool: false,
      target: 'web',
      entry: join(folder, 'app.js'),
      output: { path: folder, filename: `webpack-${mode}.mjs`, module: true, publicPath: '/' },
      experiments: { outputModule: true },
      resolve: {
        alias: { isthmus$: join(dist, 'index.js'), 'isthmus/program': join(dist, 'program.js') },
      },
      performance: false,
      module: { parser: { javascript: { dynamicImportMode: 'eager' } } },
    };
    webpack(config, (error, stats) => {
      if (error ?? stats?.hasErrors()) reject(error ?? new Error(stats!.toString('errors-only')));
      else resolve();
    });
  });
  return join(folder, `webpack-${mode}.mjs`);
}

/** Without a mode nothing is put in for `process`: as a page without a bundler gets the package. */
async function byEsbuild(mode: Mode | undefined): Promise<string> {
  const outfile = join(folder, `esbuild-${mode ?? 'bare'}.mjs`);
  await build({
    entryPoints: [join(folder, 'app.js')],
    bundle: true,
    minify: mode === 'production',
    format: 'esm',
    platform: 'browser',
    conditions: ['browser'],
    alias: { isthmus: join(dist, 'index.js'), 'isthmus/program': join(dist, 'program.js') },
    define: {
      'process.env.NODE_ENV': mode === undefined ? 'process.env.NODE_ENV' : JSON.stringify(mode),
    },
    outfile,
    tsconfigRaw: {},
    logLevel: 'error',
  });
  return outfile;
}

/** What the app has told the console, in a realm without `process`, where time passes quickly. */
function run(file: string): string[] {
  const program = `
    import { readFileSync } from 'node:fs';
    const { stdout } = process;
    globalThis.engineBytes = readFileSync(${JSON.stringify(join(dist, 'engine.wasm'))});
    globalThis.crossingBytes = readFileSync(${JSON.stringify(join(dist, 'engine-crossing.wasm'))});
    globalThis.report = (result) => stdout.write(JSON.stringify(result));
    delete globalThis.process;
    const { setTimeout } = globalThis;
    globalThis.setTimeout = (call, ms) => setTimeout(call, ms / 100);
    await import(${JSON.stringify(file)});
  `;
  const args = ['--input-type=module', '--eval', program];
  const printed = execFileSync(process.execPath, args, { encoding: 'utf8' });
  const { said, state } = JSON.parse(printed) as { said: string[]; state: object };
  expect(state).toEqual({ cart: { count: 1 } });
  return said;
}

describe.each([
  ['webpack', byWebpack],
  ['esbuild', byEsbuild],
])('built by %s', (_bundler, bundle) => {
  it('for production, an app holds none of the texts and says nothing', async () => {
    const file = await bundle('production');
    const text = readFileSync(file, 'utf8');
    expect(texts.filter((each) => text.includes(each))).toEqual([]);
    expect(run(file)).toEqual([]);
  });

  it('for development, it says each of them once', async () => {
    const said = run(await bundle('development'));
    expect(texts.filter((each) => !said.some((line) => line.includes(each)))).toEqual([]);
    expect(new Set(said).size).toBe(said.length);
  });
});

it('without a bundler, where there is no process, it says them, too, and does not throw', async () => {
  const said = run(await byEsbuild(undefined));
  expect(said.some((line) => line.includes('nothing is at'))).toBe(true);
});
