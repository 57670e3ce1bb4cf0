// `npm run test:matrix [-- folder ...]`: what is too slow, or needs too much installed, for `npm test`.
// Each folder of tests/matrix stands alone: its package.json and lock file name the versions it tests,
// and isthmus is installed there from the packed tarball. Its `*.test.ts` run in vitest and its
// `*.spec.ts` in Playwright.

import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { buildPackage } from './build.mjs';
import { listFiles } from './files.mjs';
import { root } from './paths.mjs';
import { Failure, main, mustRun } from './process.mjs';
import { setUp } from './setup.mjs';
import { whenChanged } from './stamps.mjs';
import { playwright, vitest } from './test-parts.mjs';
import { closing } from './test-results.mjs';

const matrix = 'tests/matrix';
const tarball = 'build/isthmus.tgz';
const runners = [
  { ending: '.test.ts', run: (folder, name) => vitest(name, ['--root', folder]) },
  { ending: '.spec.ts', run: (folder, name) => playwright(`${folder}/playwright.config.ts`, name) },
];

await main(async () => {
  const folders = choose(process.argv.slice(2));
  await setUp('matrix');
  await buildPackage();
  mkdirSync(join(root, 'build/reports'), { recursive: true });
  for (const name of matrixFolders()) await install(`${matrix}/${name}`);
  const results = [];
  for (const name of folders) results.push(...(await runFolder(name)));
  console.log(`\n${closing(results)}`);
  return results.some(({ failed }) => failed > 0) ? 1 : 0;
});

function matrixFolders() {
  const entries = readdirSync(join(root, matrix), { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
}

function choose(names) {
  const folders = matrixFolders();
  const unknown = names.filter((name) => !folders.includes(name));
  if (unknown.length > 0) {
    throw new Failure(`${matrix} has no folder ${unknown.join(', ')}, only ${folders.join(' ')}.`);
  }
  return folders.filter((name) => names.length === 0 || names.includes(name));
}

/** One result for each of the runners that has tests in the folder. */
async function runFolder(name) {
  const folder = `${matrix}/${name}`;
  const files = listFiles(folder);
  const used = runners.filter(({ ending }) => files.some((file) => file.endsWith(ending)));
  const results = [];
  for (const runner of used) {
    console.log(`\n=== ${name}, *${runner.ending} ===`);
    const start = performance.now();
    const counts = await runner.run(folder, `matrix-${name}`);
    results.push({ name, seconds: (performance.now() - start) / 1000, ...counts });
  }
  return results;
}

/** By `npm install`: registries without every platform's binaries leave lock files that `npm ci` refuses. */
async function install(folder) {
  const inputs = [tarball, `${folder}/package.json`, `${folder}/package-lock.json`];
  const outputs = [`${folder}/node_modules/isthmus/package.json`];
  await whenChanged(`install-${folder.replaceAll('/', '-')}`, { inputs, outputs }, async () => {
    const flags = ['--no-save', '--prefer-offline', '--no-audit', '--no-fund'];
    const cwd = join(root, folder);
    await mustRun('npm', ['install', ...flags, join(root, tarball)], { cwd });
  });
}
