// Brings a machine to where the project builds: `node tools/setup.mjs [lint|fuzz|matrix]`.
// Runs before `npm ci`, so it uses Node's own modules only.

import { createHash } from 'node:crypto';
import { accessSync, constants, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { Failure, main, run } from './process.mjs';
import { isMain, root } from './paths.mjs';
import { planSetup, requirementsFor } from './setup-plan.mjs';

const includeFolders = ['/usr/include', '/usr/local/include'];
const architecture = { x64: 'x86_64', arm64: 'aarch64' }[process.arch];
const sanitizerLibrary = `/usr/lib/clang/14/lib/linux/libclang_rt.asan-${architecture}.a`;
const npmFolders = ['.', 'webpack/demo'];

/** Installs what `purpose` needs and is missing; silent when that is nothing. */
export async function setUp(purpose = 'test') {
  const installAll = await setUpMachine(purpose);
  await installAll();
}

/** Does so but for the npm packages, which what it resolves with installs. */
export async function setUpMachine(purpose = 'test') {
  const plan = planSetup(describeMachine(purpose), purpose);
  if (plan.refusal) throw new Failure(plan.refusal);
  if (plan.packages.length > 0) await installPackages(plan.packages);
  return async () => {
    for (const folder of plan.folders) await installModules(folder);
  };
}

function describeMachine(purpose) {
  return {
    node: process.versions.node,
    root: process.getuid?.() === 0,
    apt: onPath('apt-get'),
    present: requirementsFor(purpose)
      .map(({ name }) => name)
      .filter(isPresent),
    staleFolders: npmFolders.filter(isStale),
  };
}

function isPresent(name) {
  if (name === 'libclang_rt') return existsSync(sanitizerLibrary);
  if (name.includes('/')) return includeFolders.some((folder) => existsSync(join(folder, name)));
  if (name === 'em++' && process.env.EMSDK) {
    return existsSync(join(process.env.EMSDK, 'upstream/emscripten/em++'));
  }
  return onPath(name);
}

function onPath(command) {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, command), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

async function installPackages(packages) {
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  console.log(`Installing ${packages.join(' ')} ...`);
  for (const args of [['update'], ['install', '-y', '--no-install-recommends', ...packages]]) {
    const { code } = await run('apt-get', args, { env });
    if (code !== 0) throw new Failure(`apt-get ${args.join(' ')} failed with exit code ${code}.`);
  }
}

// node_modules carry a stamp with the hash of the lock file from which they were installed.
const stampOf = (folder) => join(root, folder, 'node_modules/.isthmus-stamp');

function lockHash(folder) {
  const lock = readFileSync(join(root, folder, 'package-lock.json'));
  return createHash('sha256').update(lock).digest('hex');
}

/** Whether the folder has a lock file from which its node_modules were not installed. */
function isStale(folder) {
  if (!existsSync(join(root, folder, 'package-lock.json'))) return false;
  const stamp = stampOf(folder);
  return !existsSync(stamp) || readFileSync(stamp, 'utf8') !== lockHash(folder);
}

async function installModules(folder) {
  console.log(`Installing npm packages in ${folder === '.' ? 'the project' : folder} ...`);
  const { code } = await run('npm', ['ci', '--no-audit', '--no-fund'], { cwd: join(root, folder) });
  if (code !== 0) throw new Failure(`npm ci in ${folder} failed with exit code ${code}.`);
  writeFileSync(stampOf(folder), lockHash(folder));
}

if (isMain(import.meta.url)) await main(() => setUp(process.argv[2]));
