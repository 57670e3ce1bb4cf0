import { fileURLToPath } from 'node:url';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';

const built = (file: string): string => fileURLToPath(new URL(`dist/${file}`, import.meta.url));

const launchOptions = {
  executablePath: '/usr/bin/chromium',
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
};

// Tests run against the built package. In Node, Node itself loads it and Vite leaves it alone; in
// Chromium Vite's server hands it out with engine.wasm, as the server of an app in development.
export default defineConfig({
  resolve: {
    alias: [
      { find: /^isthmus$/, replacement: built('index.js') },
      { find: /^isthmus\/(react|redux|testing|webpack)$/, replacement: built('$1.js') },
    ],
  },
  test: {
    testTimeout: 30_000, // random and large inputs take long on a busy machine
    server: { deps: { external: [/\/dist\/[\w.-]+\.js(\?|$)/] } },
    projects: [
      { extends: true, test: { name: 'web', include: ['tests/web/**/*.test.{ts,tsx}'] } },
      { extends: true, test: { name: 'wasm', include: ['tests/cases/**/*.test.ts'] } },
      {
        extends: true,
        test: {
          name: 'chromium',
          include: ['tests/web/redux/**/*.test.{ts,tsx}'],
          exclude: ['**/*.node.test.{ts,tsx}'],
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({ launchOptions }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
    ],
  },
});
