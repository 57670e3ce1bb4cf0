import { defineConfig } from '@playwright/test';

const args = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const inChromium = { launchOptions: { executablePath: '/usr/bin/chromium', args } };
// Blink and V8 without the rest of the browser: a page takes half the time.
const inShell = { launchOptions: { executablePath: '/usr/bin/chromium-headless-shell', args } };
const needsAll = /@whole-browser/;

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
  projects: process.env['ISTHMUS_WHOLE_BROWSER']
    ? [{ name: 'chromium', use: inChromium }]
    : [
        { name: 'chromium', grep: needsAll, use: inChromium },
        { name: 'headless-shell', grepInvert: needsAll, use: inShell },
      ],
});
