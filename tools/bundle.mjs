// The JavaScript of dist/: one ES module for each entry, bundled by esbuild.

import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { textNumbers } from './error-texts.mjs';
import { root } from './paths.mjs';
import { Failure } from './process.mjs';

/** dist/<name>.js and the module from which it is made. */
export const entries = {
  angular: 'web/angular/index.ts',
  index: 'web/entry.ts',
  inline: 'web/inline/index.ts',
  program: 'web/program/index.ts',
  react: 'web/react/index.ts',
  redux: 'web/redux/index.ts',
  storage: 'web/storage/index.ts',
  svelte: 'web/svelte/index.ts',
  testing: 'web/testing/index.ts',
  toolkit: 'web/toolkit/index.ts',
  vite: 'webpack/plugin/vite.ts',
  vue: 'web/vue/index.ts',
  webpack: 'webpack/plugin/index.ts',
  'engine-bytes': 'web/inline/bytes.ts',
  'engine-source.browser': 'web/engine/source.browser.ts',
  'engine-source.node': 'web/engine/source.node.ts',
};

/** Those that `require` finds as well, as dist/<name>.cjs, and of what. Svelte and Angular have no CommonJS. */
const required = {
  ...without(entries, ['angular', 'svelte', 'engine-source.browser']),
  'engine-bytes': 'web/inline/bytes.require.ts',
};

/** The command `isthmus`, with everything that it uses: whoever installs the package gets no more. */
export async function bundleCommand() {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: { isthmus: 'webpack/doctor/command.ts' },
    outdir: 'dist',
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    // CommonJS packages load what Node has by require.
    banner: {
      js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
    },
    tsconfigRaw: {},
    minify: true,
    legalComments: 'none',
    metafile: true,
    logLevel: 'warning',
  }).catch(failWith);
  return bundledPackages(metafile);
}

/** The names of the packages of which a bundle holds code. */
function bundledPackages({ outputs }) {
  const files = Object.values(outputs).flatMap(({ inputs }) => Object.keys(inputs));
  const inFolder = files
    .map((file) => file.split('node_modules/').at(-1))
    .filter((file, i) => {
      return file !== files[i];
    });
  return [...new Set(inFolder.map(packageOf))].sort();
}

/** Modules that are files of their own beside dist/index.js; the first says why. As entries they become chunks. */
const loaders = {
  'load-crossing': 'web/engine/load-crossing.ts',
  'load-port': 'web/bridge/load-port.ts',
};

export async function bundleEntries() {
  const common = {
    absWorkingDir: root,
    outdir: 'dist',
    bundle: true,
    target: 'es2022',
    jsx: 'automatic',
    packages: 'external',
    external: ['#engine-source', '#engine-bytes'],
    // tsconfig paths would pull 'isthmus' itself into the other entries.
    tsconfigRaw: {},
    metafile: true,
    logLevel: 'warning',
  };
  const asModules = {
    ...common,
    format: 'esm',
    platform: 'neutral',
    sourcemap: true,
    sourcesContent: true,
    loader: { '.wasm': 'base64' },
  };
  const { index, ...others } = entries;
  const built = await Promise.all([
    // What crosses is in files of its own, which pages load when they need it.
    buildNumbered({
      ...{ ...asModules, entryPoints: { index, ...loaders } },
      ...{ splitting: true, chunkNames: '[name]-[hash]' },
    }),
    ...eachAlone(others, asModules),
  ]).catch(failWith);
  for (const { metafile } of built) refuseUndeclaredImports(metafile);
  // What these would hand on is in the chunks, which dist/index.js imports.
  for (const name of Object.keys(loaders)) {
    for (const end of ['.js', '.js.map']) rmSync(join(root, 'dist', name + end));
  }
  const asCommonJs = {
    ...common,
    format: 'cjs',
    platform: 'node',
    outExtension: { '.js': '.cjs' },
    define: { 'import.meta.url': 'moduleUrl' },
    banner: { js: "const moduleUrl = require('node:url').pathToFileURL(__filename).href;" },
  };
  await Promise.all(eachAlone(required, asCommonJs)).catch(failWith);
}

/** Each in a build of its own, so that it has its own texts and no others. */
function eachAlone(entryPoints, options) {
  return Object.entries(entryPoints).map(([name, file]) =>
    buildNumbered({ ...options, entryPoints: { [name]: file } }),
  );
}

/** Builds with numbers for the texts of errors, once it is known whose texts these are. */
export async function buildNumbered(options) {
  const { metafile } = await build({ ...options, write: false, sourcemap: false });
  return build({ ...options, plugins: [textNumbers(Object.keys(metafile.inputs))] });
}

function without(object, names) {
  return Object.fromEntries(Object.entries(object).filter(([name]) => !names.includes(name)));
}

/** The JSON Schema of programs, made of the grammar that web/program has as data. */
export async function programSchema() {
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: ['web/program/program-schema.ts'],
    bundle: true,
    format: 'esm',
    write: false,
    logLevel: 'warning',
  }).catch(failWith);
  const code = encodeURIComponent(outputFiles[0].text);
  return (await import(`data:text/javascript,${code}`)).programSchema;
}

function failWith({ message }) {
  throw new Failure(message);
}

// What is left external must be there for whoever installs the package.
function refuseUndeclaredImports({ outputs }) {
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const declared = { ...manifest.dependencies, ...manifest.peerDependencies, [manifest.name]: '' };
  for (const [file, { imports }] of Object.entries(outputs)) {
    for (const { path } of imports.filter(({ external }) => external)) {
      const isOwn = path.startsWith('node:') || path in manifest.imports;
      if (isOwn || packageOf(path) in declared) continue;
      throw new Failure(`${file} imports ${path}, which is neither a dependency nor a peer.`);
    }
  }
}

function packageOf(path) {
  const parts = path.split('/');
  return parts.slice(0, path.startsWith('@') ? 2 : 1).join('/');
}
