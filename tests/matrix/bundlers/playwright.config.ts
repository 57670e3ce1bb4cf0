import { defineConfig } from '@playwright/test';
import { wholeChromium } from '../../browsers.js';
import type { DemoFixtures } from '../../e2e/fixtures.js';
import { foldersOf, mixes } from './demo-builds.js';

const builds = 'demo-builds.spec.ts';

export default defineConfig<object, DemoFixtures>({
  testDir: '.',
  outputDir: '../../../build/matrix-bundlers',
  // A busy machine takes its time; what has failed is told by what it asserts.
  timeout: 180_000,
  expect: { timeout: 60_000 },
  workers: 2,
  forbidOnly: true,
  reporter: [['list'], ['json', { outputFile: '../../../build/reports/matrix-bundlers.json' }]],
  use: { launchOptions: wholeChromium },
  projects: [
    { name: 'the demo', testMatch: builds },
    { name: 'small apps', testIgnore: builds },
    // The demo's own tests, over builds of each bundler.
    ...mixes.map((mix) => ({
      name: `host by ${mix.host}, cart by ${mix.cart}, profile by ${mix.profile}`,
      testDir: '../../e2e',
      testMatch: ['one-page.spec.ts', 'crossing.spec.ts'],
      dependencies: ['the demo'],
      fullyParallel: true,
      use: { folders: foldersOf(mix) },
    })),
  ],
});
