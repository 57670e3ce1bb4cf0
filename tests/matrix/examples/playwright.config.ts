import { defineConfig } from '@playwright/test';
import { wholeChromium } from '../../browsers.js';

export default defineConfig({
  testDir: '.',
  outputDir: '../../../build/matrix-examples',
  timeout: 300_000,
  expect: { timeout: 60_000 },
  workers: 1, // each builds its apps, on ports of their own
  forbidOnly: true,
  reporter: [['list'], ['json', { outputFile: '../../../build/reports/matrix-examples.json' }]],
  use: { launchOptions: wholeChromium },
});
