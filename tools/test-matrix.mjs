// `npm run test:matrix [-- folder ...]`: what is too slow, or needs too much installed, for `npm test`.
// A folder of tests/matrix has a package.json and a lock file, which name the versions it tests, or builds apps that
// have (those of examples/). isthmus is installed there from the packed tarball. `*.test.ts` run in vitest and
// `*.spec.ts` in Playwright.

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { buildPackage } from './build.mjs';
import { listFiles } from './files.mjs';
import { chooseFolders, matrix, packageFolders } from './matrix-folders.mjs';
import { root } from './paths.mjs';
import { main, mustRun } from './process.mjs';
import { setUp } from './setup.mjs';
import { whenChanged } from './stamps.mjs';
import { playwright, vitest } from './test-parts.mjs';
import { closing } from './test-results.mjs';

const tarball = 'build/isthmus.tgz';
const runners = [
  { ending: '.test.ts', run: (folder, name) => vitest(name, ['--root', folder]) },
  { ending: '.spec.ts', run: (folder, name) => playwright(`${folder}/playwright.config.ts`, name) },
];

await main(async () => {
  const folders = chooseFolders(process.argv.slice(2));
  await setUp('matrix');
  await buildPackage();
  mkdirSync(join(root, 'build/reports'), { recursive: true });
  for (const folder of packageFolders(folders)) await install(folder);
  const results = [];
  for (const name of folders) results.push(...(await runFolder(name)));
  console.log(`\n${closing(results)}`);
  return results.some(({ failed }) => failed > 0) ? 1 : 0;
});

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
