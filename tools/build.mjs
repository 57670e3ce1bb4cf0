// `npm run build`: the wasm module, then dist/, then build/isthmus.tgz. What is unchanged is skipped.

import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
} from 'node:fs';
import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isMain, root } from './paths.mjs';
import { Failure, main, mustRun } from './process.mjs';
import { setUp } from './setup.mjs';
import { whenChanged } from './stamps.mjs';

const engine = 'build/wasm-release';
const wasmFiles = ['engine.wasm', 'engine-crossing.wasm'];
const tarball = 'build/isthmus.tgz';
const distInputs = [
  ...['web', 'webpack/plugin', 'webpack/doctor', ...wasmFiles.map((file) => `${engine}/${file}`)],
  ...['tools/build.mjs', 'tools/bundle.mjs', 'tools/licenses'],
  ...['tsconfig.json', 'tsconfig.build.json', 'package.json', 'package-lock.json'],
];

/** Builds everything that is published; expects a machine that is set up. */
export async function buildPackage() {
  await buildWithCMake('wasm-release');
  await whenChanged('dist', { inputs: distInputs, outputs: ['dist'] }, buildDist);
  const published = ['dist', 'package.json', 'README.md', 'LICENSE'];
  await whenChanged('pack', { inputs: published, outputs: [tarball] }, pack);
}

/**
 * Configures the preset when it is new or changed, and builds it, or one target of it; ninja finds
 * out what is to be done.
 */
export async function buildWithCMake(preset, { target = 'all', ...options } = {}) {
  if (isOlder(join(root, 'build', preset, 'build.ninja'), join(root, 'CMakePresets.json'))) {
    rmSync(join(root, 'build', preset, 'CMakeCache.txt'), { force: true });
    await mustRun('cmake', ['--preset', preset], { cwd: root, ...options });
  }
  const args = ['--build', '--preset', preset, '--target', target];
  await mustRun('cmake', args, { cwd: root, ...options });
}

function isOlder(file, source) {
  return !existsSync(file) || statSync(file).mtimeMs < statSync(source).mtimeMs;
}

async function buildDist() {
  console.log('Building dist ...');
  rmSync(join(root, 'dist'), { recursive: true, force: true });
  mkdirSync(join(root, 'dist'));
  const { bundleCommand, bundleEntries, programSchema } = await import('./bundle.mjs');
  await bundleEntries();
  const bundled = await bundleCommand();
  await mustRun('tsc', ['-p', 'tsconfig.build.json'], { cwd: root });
  copyTypesForRequire();
  for (const file of wasmFiles) copyFileSync(join(root, engine, file), join(root, 'dist', file));
  const schema = JSON.stringify(await programSchema(), null, 2);
  writeFileSync(join(root, 'dist/program.schema.json'), `${schema}\n`);
  writeFileSync(join(root, 'dist/THIRD_PARTY_LICENSES.txt'), thirdPartyLicenses(bundled));
}

/** The same declarations, as TypeScript takes them where CommonJS is compiled. */
function copyTypesForRequire() {
  const types = join(root, 'dist/types');
  const copy = join(root, 'dist/commonjs');
  cpSync(types, copy, { recursive: true });
  writeFileSync(join(copy, 'package.json'), '{ "type": "commonjs" }\n');
}

/** The licences of all that is compiled into the wasm module, copied into its glue or bundled. */
function thirdPartyLicenses(bundled) {
  const parts = [
    ['Emscripten', 'emscripten.txt'],
    ['musl', 'musl.txt'],
    ['libc++, libc++abi and compiler-rt', 'llvm.txt'],
  ];
  if (engineHoldsNlohmann()) parts.push(['JSON for Modern C++', 'nlohmann-json.txt']);
  const own = parts.map(([name, file]) => [name, join('tools/licenses', file)]);
  const texts = [...own, ...bundled.map((name) => [name, licenseOf(name)])].map(([name, file]) => {
    const text = readFileSync(join(root, file), 'utf8');
    return `${'='.repeat(80)}\n${name}\n${'='.repeat(80)}\n\n${text}`;
  });
  return `The files of this package contain compiled code of these projects.\n\n${texts.join('\n')}`;
}

// Yarn's parsers are published without their licence.
function licenseOf(name) {
  if (name === '@yarnpkg/parsers') return 'tools/licenses/yarn-parsers.txt';
  const folder = join('node_modules', name);
  const file = readdirSync(join(root, folder)).find((each) => /^licen[cs]e/i.test(each));
  if (file === undefined) throw new Failure(`${folder} has no licence to be copied into dist.`);
  return join(folder, file);
}

// The linker leaves out what only native tools need.
function engineHoldsNlohmann() {
  return readFileSync(join(root, engine, 'whole.wasm.symbols'), 'utf8').includes('nlohmann');
}

async function pack() {
  const { name, version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  await mustRun('npm', ['pack', '--pack-destination', 'build'], { cwd: root });
  renameSync(join(root, 'build', `${name}-${version}.tgz`), join(root, tarball));
}

if (isMain(import.meta.url)) {
  await main(async () => {
    await setUp();
    await buildPackage();
  });
}
