import { mkdtemp, mkdir, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import HtmlWebpackPlugin from 'html-webpack-plugin';
import webpack, { type Configuration } from 'webpack';
import manifest from '../../../package.json' with { type: 'json' };
import {
  IsthmusFederationPlugin,
  sharedState,
  type FederationOptions,
  type SharedState,
} from 'isthmus/webpack';

const repository = fileURLToPath(new URL('../../..', import.meta.url));

const files = {
  'package.json': '{ "name": "cart", "dependencies": { "isthmus": "*", "redux": "^5.0.0" } }',
  'cart/index.js': `import('./app.js');`,
  'cart/app.js': `import { store } from './store.js'; import '../host/types.js';
    import { joinSharedStore } from 'isthmus'; console.log(store, joinSharedStore);`,
  'cart/store.js': `import { createStore } from 'redux'; export const store = createStore(() => 0);`,
  'cart/slices.ts': `import { defineSlice } from 'isthmus';
import { inc } from 'isthmus/program';
    export const cart: unknown = defineSlice({ name: 'cart', schemaVersion: 3, initialState: 0,
      reducers: { add: [inc('')] }, contract: { 'cart/add': { never: ['/coupon'] } } });
    export const profile = { name: 'profile', reducer: (state = 0) => state, actions: {} };
    export const profileContract = { 'profile/rename': { payload: { type: 'string' } } };`,
  'cart/wrong-step.js': `import { defineSlice } from 'isthmus';
    export const cart = defineSlice({ name: 'cart', initialState: 0, reducers: { a: [{ op: 'no' }] } });`,
  'cart/needs-page.js': `export const title = document.title;`,
  'cart/no-slice.js': `export const answer = 42;`,
  'cart/synchronous.js': `import './store.js'; import './paths.js'; import '../host/types.js';`,
  'cart/paths.js': `import('../node_modules/isthmus/dist/index.js');
    import('../host/store.js'); import('isthmus/redux');`,
  'host/webpack.config.js': `new IsthmusFederationPlugin({ name: 'host' });`,
  'host/store.js': `import './slices.js'; export const here = 1;`,
  'host/slices.js': `import 'isthmus';`,
  'host/types.js': `export const limit = 5;`,
  'types-off.cjs': `const ts = require('typescript');
    module.exports = (source) => ts.transpileModule(source, { compilerOptions: { module: 99 } }).outputText;`,
};

let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'isthmus-builds-'));
  for (const [name, text] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
    await writeFile(path.join(folder, name), text);
  }
  await mkdir(path.join(folder, 'node_modules'));
  const installed = { isthmus: '.', redux: 'node_modules/redux' };
  for (const [name, from] of Object.entries({
    ...installed,
    typescript: 'node_modules/typescript',
  })) {
    await symlink(path.join(repository, from), path.join(folder, 'node_modules', name));
  }
});

afterAll(() => rm(folder, { recursive: true, force: true }));

/** Errors of a build, each as one line. */
async function build(
  options: Partial<FederationOptions> = {},
  config: Pick<
    Configuration,
    'entry' | 'experiments' | 'module' | 'mode' | 'output' | 'performance' | 'plugins'
  > = {},
): Promise<string[]> {
  const compiler = webpack({
    mode: 'development',
    devtool: false,
    context: path.join(folder, 'cart'),
    entry: './index.js',
    module: { rules: [{ test: /\.ts$/, loader: path.join(folder, 'types-off.cjs') }] },
    performance: false,
    ...config,
    output: { path: path.join(folder, 'dist'), clean: true, ...config.output },
    plugins: [
      new IsthmusFederationPlugin({ name: 'cart', filename: 'remoteEntry.js', ...options }),
      ...(config.plugins ?? []),
    ],
  });
  const { errors = [], warnings = [] } = await new Promise<webpack.StatsCompilation>(
    (resolve, reject) => {
      compiler?.run((error, stats) => (stats ? resolve(stats.toJson()) : reject(error)));
    },
  );
  return [...errors, ...warnings].map(({ message = '' }) => message.replaceAll(folder, ''));
}

/** Files of the last build. */
async function emitted(pattern: RegExp): Promise<{ name: string; bytes: Buffer }[]> {
  const names = (await readdir(path.join(folder, 'dist'))).filter((name) => pattern.test(name));
  const read = async (name: string) => ({
    name,
    bytes: await readFile(path.join(folder, 'dist', name)),
  });
  return Promise.all(names.map(read));
}

async function written(below = ''): Promise<Record<string, unknown>> {
  const text = await readFile(path.join(folder, 'dist', below, 'isthmus-manifest.json'), 'utf8');
  return JSON.parse(text) as Record<string, unknown>;
}

describe('a healthy build', () => {
  test('has no error, in production either, and says what it brings in isthmus-manifest.json', async () => {
    const named = { exposes: { './App': './app.js' }, remotes: { host: 'host@http://host/a.js' } };
    const errors = await build({ ...named, slices: ['./slices.ts'] }, { mode: 'production' });
    expect(errors).toEqual([]);
    const any = { singleton: true, strictVersion: false, eager: false };
    expect(await written()).toEqual({
      manifestVersion: 1,
      name: 'cart',
      isthmus: manifest.version,
      bundler: `webpack ${webpack.version}`,
      versions: { isthmus: manifest.version, redux: manifest.devDependencies.redux },
      shared: expect.objectContaining({
        isthmus: { ...any, requiredVersion: `^${manifest.version}` },
        redux: { ...any, requiredVersion: '^5.0.0' },
        'react-dom': any,
      }) as unknown,
      exposes: ['./App'],
      remotes: ['host'],
      engine: expect.stringMatching(/^[0-9a-f]+\.wasm$/) as string,
      slices: [
        { key: 'cart', schemaVersion: 3, native: true },
        { key: 'profile', schemaVersion: 1, native: false },
      ],
      contracts: {
        'cart/add': { from: '*', to: '*', schemaVersion: 1, never: ['/coupon'] },
        'profile/rename': { from: '*', to: '*', schemaVersion: 1, payload: { type: 'string' } },
      },
    });
    expect(Object.keys((await written()).shared as object)).toEqual(Object.keys(sharedState()));
  });

  test('without slices says how to name them, and an eager share needs no boundary', async () => {
    const eager = { isthmus: { eager: true }, redux: { eager: true } };
    expect(await build({ shared: eager }, { entry: './app.js' })).toEqual([]);
    const { slices, contracts, note, shared } = await written();
    expect({ slices, contracts }).toEqual({ slices: [], contracts: {} });
    expect(note).toMatch(/option `slices`/);
    expect(shared).toHaveProperty('isthmus.eager', true);
  });
});

describe('the engine of a build', () => {
  const wasm = (rule: object) => ({ rules: [{ test: /\.wasm$/, ...rule }] });
  const typesOff = () => path.join(folder, 'types-off.cjs');

  test.each([
    ['finds no addresses, as in Angular', { parser: { javascript: { url: false } } }],
    ['has a rule for wasm modules', wasm({ type: 'webassembly/async' })],
    ['has a rule that puts wasm into scripts', wasm({ type: 'asset/inline' })],
  ])('is a file of its own where the build %s', async (_what, module) => {
    expect(await build({}, { module })).toEqual([]);
    const scripts = await emitted(/\.js$/);
    const engines = await emitted(/\.wasm$/);
    for (const name of ['engine.wasm', 'engine-crossing.wasm']) {
      const file = await readFile(path.join(repository, 'dist', name));
      expect(engines.filter(({ bytes }) => bytes.equals(file))).toHaveLength(1);
    }
    expect(engines).toHaveLength(2);
    const naming = scripts.filter(({ bytes }) => engines.every(({ name }) => bytes.includes(name)));
    // What asks for it, and the runtime, which tells the page. They are sorted by name, which has the clone's path in it.
    const both = ['main.js', expect.stringContaining('dist_index') as string];
    expect(naming.map(({ name }) => name)).toEqual(expect.arrayContaining(both));
    expect(naming).toHaveLength(both.length);
    expect(scripts.filter(({ bytes }) => bytes.includes('file:///'))).toEqual([]);
  });

  test.each<[string, Partial<FederationOptions>, Configuration['output'], RegExp]>([
    ['beside its remote', {}, {}, /^engine\.[0-9a-f]{8}\.wasm$/],
    ['above it', { filename: 'js/remoteEntry.js' }, {}, /^\.\.\/engine\.[0-9a-f]{8}\.wasm$/],
    [
      'below a public path',
      {},
      { publicPath: 'https://cdn.example/[fullhash]/' },
      /^https:\/\/cdn\.example\/[0-9a-f]+\/engine\.[0-9a-f]{8}\.wasm$/,
    ],
  ])('is named in the manifest as it lies %s', async (_where, options, output, address) => {
    const named = { assetModuleFilename: '[name].[contenthash:8][ext]', ...output };
    expect(await build(options, { output: named })).toEqual([]);
    const folders = options.filename === undefined ? '' : 'js/';
    const { engine } = await written(folders);
    expect(engine).toMatch(address);
    const names = (await emitted(/\.wasm$/)).map(({ name }) => name);
    expect(names).toContain(path.posix.basename(engine as string));
  });

  test('is in no manifest of a build that brings no isthmus', async () => {
    const shared = { isthmus: { import: false } } as const;
    expect(await build({ shared })).toEqual([]);
    expect(await written()).not.toHaveProperty('engine');
  });

  test.each([
    ['beside it', 'auto', ''],
    ['elsewhere', 'https://cdn.example/', 'https://cdn.example/'],
  ])('is asked for by the pages of the build, %s', async (_where, publicPath, base) => {
    const output = { assetModuleFilename: '[name][ext]', publicPath };
    const pages = ['index.html', 'shop.html'].map(
      (filename) => new HtmlWebpackPlugin({ filename }),
    );
    expect(await build({}, { output, plugins: pages })).toEqual([]);
    const preload = `<link rel="preload" href="${base}engine.wasm" as="fetch" type="application/wasm" crossorigin="anonymous">`;
    const asking = (await emitted(/\.html$/)).map(({ bytes }) => bytes.toString().split(preload));
    expect(asking.map((parts) => parts.length)).toEqual([2, 2]);
    await build({ preload: false }, { output, plugins: [new HtmlWebpackPlugin()] });
    expect((await emitted(/\.html$/))[0]!.bytes.toString()).not.toContain('preload');
  });

  test('is not called too large, which other files are', async () => {
    const hints = { maxAssetSize: 100_000, maxEntrypointSize: 1e9 };
    const performance = { hints: 'warning' as const, ...hints };
    const warnings = await build({}, { mode: 'production', performance });
    const large = warnings.flatMap((text) => text.match(/^ {2}\S+ \(.* KiB\)$/gm));
    expect(large).toEqual([expect.stringMatching(/^ {2}\w+\.js \(/)]);
  });

  test('stays whole: a build with a loader for it fails', async () => {
    const module = wasm({ type: 'javascript/auto', loader: typesOff() });
    expect(await build({}, { module })).toContainEqual(
      expect.stringMatching(/engine\.wasm of isthmus goes through .*types-off\.cjs.*exclude: /s),
    );
  });
});

test.each([
  [
    'classic scripts, where Angular’s builder asks for modules that are none',
    {},
    'text/javascript',
  ],
  ['modules, where it is made of them', { module: true, library: { type: 'module' } }, 'module'],
] as const)('a build loads %s', async (_what, output, type) => {
  const remotes = { cart: 'cart@http://cart/entry.js' };
  const asked = { scriptType: 'module' as const, chunkFormat: 'array-push' as const, ...output };
  const experiments = { outputModule: 'module' in output };
  expect(await build({ remotes }, { output: asked, experiments })).toEqual([]);
  const [main] = await emitted(/^main\.m?js$/);
  const types = main!.bytes.toString().match(/(?<=script\.type = ")[^"]+/g) ?? ['module'];
  expect(new Set(types)).toEqual(new Set([type]));
});

describe('a build fails that', () => {
  let errors: string[] = [];

  beforeAll(async () => {
    const byHand = new webpack.container.ModuleFederationPlugin({ name: 'hand' });
    const shared = { 'isthmus/redux': false } as const;
    errors = await build({ shared }, { entry: './synchronous.js', plugins: [byHand] });
  });

  test('has no other error', () => expect(errors).toHaveLength(5));

  test.each([
    [
      'imports shared modules in its entry',
      /\.\/store\.js imports 'redux' while entry 'main' starts.*import\('\.\/bootstrap'\)/s,
    ],
    [
      'imports isthmus by its path',
      /\.\/paths\.js imports '\.\.\/node_modules\/isthmus\/dist\/index\.js'.*Import it by its name: 'isthmus'/s,
    ],
    [
      'takes isthmus out of the shared block',
      /\.\/paths\.js imports 'isthmus\/redux'.*Share 'isthmus\/redux'/s,
    ],
    [
      'imports a store out of the folder of another build',
      /\.\/paths\.js imports '\.\.\/host\/store\.js'.*\.\.\/host\/webpack\.config\.js.*uses 'isthmus'/s,
    ],
    ['federates twice', /federates 2 times \('cart', 'hand'\).*Keep one IsthmusFederationPlugin/s],
  ])('%s', (_fault, message) => {
    expect(errors).toContainEqual(expect.stringMatching(message));
  });

  test('was federated by hand without a sufficient block, and one with it passes', async () => {
    const { ModuleFederationPlugin } = webpack.container;
    const byHand = (shared: SharedState) => [new ModuleFederationPlugin({ name: 'hand', shared })];
    const federation = false as const;
    const weak = { ...sharedState(), 'isthmus/react': { singleton: false } };
    expect(await build({ federation }, { plugins: byHand(weak) })).toEqual([
      expect.stringMatching(
        /plugin 'hand': 'isthmus\/react' is not shared as a singleton.*sharedState\(\)/is,
      ),
    ]);
    expect(await build({ federation }, { plugins: byHand(sharedState()) })).toEqual([]);
  });

  test.each([
    [
      'defines a slice that the engine refuses',
      './wrong-step.js',
      /no step 'no'.*\/reducers\/a\/0/s,
    ],
    ['names a slice module that needs a page', './needs-page.js', /document is not defined/],
    ['names a module without slices', './no-slice.js', /exports no slice/],
    ['names a module that is not there', './nowhere.js', /could not be compiled.*nowhere/s],
  ])('%s', async (_fault, file, message) => {
    const told = (await build({ slices: [file] })).filter((text) => text.includes(file));
    expect(told).toContainEqual(expect.stringMatching(message));
  });
});
