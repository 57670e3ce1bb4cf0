import { defineConfig } from '@playwright/test';
import { wholeChromium } from '../../browsers.js';

export default defineConfig({
  testDir: '.',
  outputDir: '../../../build/matrix-vite',
  timeout: 180_000,
  expect: { timeout: 60_000 },
  workers: 2,
  forbidOnly: true,
  reporter: [['list'], ['json', { outputFile: '../../../build/reports/matrix-vite.json' }]],
  use: { launchOptions: wholeChromium },
});
