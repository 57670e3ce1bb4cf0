import { defineConfig } from '@playwright/test';
import { headlessShell, takesWhole, wholeChromium } from '../browsers.js';

const needsWhole = /@whole-browser/;
const inChromium = { launchOptions: wholeChromium };
const inShell = { launchOptions: headlessShell };

export default defineConfig({
  testDir: '.',
  outputDir: '../../build/e2e',
  // A busy machine takes its time; what has failed is told by what it asserts.
  timeout: 180_000,
  expect: { timeout: 60_000 },
  workers: 2,
  fullyParallel: true,
  forbidOnly: true,
  reporter: [['list'], ['json', { outputFile: '../../build/reports/e2e.json' }]],
  use: { screenshot: 'only-on-failure' },
  projects: takesWhole
    ? [{ name: 'chromium', use: inChromium }]
    : [
        { name: 'chromium', grep: needsWhole, use: inChromium },
        { name: 'headless-shell', grepInvert: needsWhole, use: inShell },
      ],
});
