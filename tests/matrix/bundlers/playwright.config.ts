import { defineConfig } from '@playwright/test';
import e2e from '../../e2e/playwright.config.js';

export default defineConfig({
  testDir: '.',
  outputDir: '../../../build/matrix-bundlers',
  workers: 2,
  forbidOnly: true,
  reporter: [['list'], ['json', { outputFile: '../../../build/reports/matrix-bundlers.json' }]],
  use: { ...e2e.use, screenshot: 'off' },
});
