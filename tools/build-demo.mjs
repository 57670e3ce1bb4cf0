// The demo: the packed tarball is installed into webpack/demo, as a user would install it, and
// the three webpack builds run in one process.

import { join } from 'node:path';
import { buildPackage } from './build.mjs';
import { isMain, root } from './paths.mjs';
import { main, mustRun } from './process.mjs';
import { setUp } from './setup.mjs';
import { whenChanged } from './stamps.mjs';

const demo = 'webpack/demo';
const apps = ['host', 'remote-cart', 'remote-profile'];
const tarball = 'build/isthmus.tgz';

/** Builds the demo into build/demo; expects the package to be built. */
export async function buildDemo() {
  const lock = `${demo}/package-lock.json`;
  const installed = `${demo}/node_modules/isthmus/package.json`;
  await whenChanged(
    'demo-install',
    { inputs: [tarball, lock, `${demo}/node_modules/.isthmus-stamp`], outputs: [installed] },
    installTarball,
  );
  const outputs = apps.map((app) => `build/demo/${app}/index.html`);
  await whenChanged('demo', { inputs: [demo, tarball, 'package-lock.json'], outputs }, runWebpack);
}

async function installTarball() {
  const flags = ['--no-save', '--prefer-offline', '--no-audit', '--no-fund'];
  const args = ['install', ...flags, join(root, tarball)];
  await mustRun('npm', args, { cwd: join(root, demo) });
}

async function runWebpack() {
  console.log('Building the demo ...');
  const configs = apps.flatMap((app) => ['--config', join(root, demo, app, 'webpack.config.js')]);
  await mustRun('webpack', ['build', ...configs], { cwd: root });
}

if (isMain(import.meta.url)) {
  await main(async () => {
    await setUp();
    await buildPackage();
    await buildDemo();
  });
}
