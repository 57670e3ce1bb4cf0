import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { buildDemo } from '../../../tools/build-demo.mjs';
import { root } from '../../../tools/paths.mjs';
import { whenChanged } from '../../../tools/stamps.mjs';
import { demoBundlers, demoFolder, type DemoBundler } from './demo-builds.js';
import { runScript } from './mixed-page.js';

const folder = 'tests/matrix/bundlers';
const scripts = ['build-demo.mjs', 'bundle.mjs', 'package-lock.json'];
const inputs = ['webpack/demo', 'build/isthmus.tgz', ...scripts.map((name) => `${folder}/${name}`)];

// The demo's own build comes first: it installs the packed tarball for all of them.
for (const bundler of demoBundlers) {
  test(`${bundler} builds the demo`, async () => {
    test.setTimeout(600_000);
    await (bundler === 'webpack' ? buildDemo() : buildDemoBy(bundler));
    for (const app of ['host', 'cart', 'profile'] as const) {
      const output = path.join(root, demoFolder(bundler, app));
      expect(await bundlerNamedIn(output)).toBe(bundler === 'rspack' ? 'rspack' : 'webpack');
      expect(await hasFederationRuntime(output)).toBe(bundler !== 'webpack');
    }
  });
}

async function buildDemoBy(bundler: DemoBundler): Promise<void> {
  const outputs = (['host', 'cart', 'profile'] as const).map((app) => {
    return `${demoFolder(bundler, app)}/index.html`;
  });
  await whenChanged(`demo-${bundler}`, { inputs, outputs }, async () => {
    await runScript('build-demo.mjs', bundler, path.join(root, 'build/matrix', `demo-${bundler}`));
  });
}

async function bundlerNamedIn(output: string): Promise<string | undefined> {
  const text = await readFile(path.join(output, 'isthmus-manifest.json'), 'utf8');
  return (JSON.parse(text) as { bundler: string }).bundler.split(' ')[0];
}

/** The runtime of `enhanced` and Rspack, which the plugin of webpack itself does without. */
async function hasFederationRuntime(output: string): Promise<boolean> {
  const main = (await readdir(output)).find((name) => /^main\..*js$/.test(name));
  return (await readFile(path.join(output, main!), 'utf8')).includes('__FEDERATION__');
}
