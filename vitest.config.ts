import { fileURLToPath } from 'node:url';
import { playwright } from '@vitest/browser-playwright';
import { transform } from 'esbuild';
import { compile, compileModule } from 'svelte/compiler';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';
import { headlessShell, takesWhole, wholeChromium } from './tests/browsers.js';

const file = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const built = (name: string): string => file(`dist/${name}`);

// What stands beside Redux; of its tests in Chromium, those that need nothing of Node.
const alsoInChromium = 'tests/web/redux/**/!(*.node).test.{ts,tsx}';

// In Chromium, made ready before the tests: one that is found while they run reloads the page, and some only what
// compiled components import.
const frameworks = [
  ...['@angular/compiler', '@angular/core', '@angular/platform-browser', 'vue', 'svelte'],
  ...[
    'svelte/internal/client',
    'svelte/internal/disclose-version',
    'svelte/reactivity',
    'svelte/store',
  ],
];

const svelte: Plugin = {
  name: 'svelte',
  enforce: 'pre',
  async transform(code, file) {
    if (file.endsWith('.svelte'))
      return compile(code, { filename: file, generate: 'client', runes: true }).js;
    if (!file.endsWith('.svelte.ts')) return null;
    const { code: script } = await transform(code, { loader: 'ts', target: 'es2022' });
    return compileModule(script, { filename: file, generate: 'client' }).js;
  },
};

// Tests run against the built package. In Node, Node itself loads it and Vite leaves it alone; in
// Chromium Vite's server hands it out with engine.wasm, as the server of an app in development.
export default defineConfig({
  resolve: {
    alias: [
      { find: /^isthmus$/, replacement: built('index.js') },
      {
        find: /^isthmus\/(angular|inline|program|react|redux|storage|svelte|testing|toolkit|vite|vue|webpack)$/,
        replacement: built('$1.js'),
      },
      // A remote's module is on no disk: a test that imports it says what it is (vi.doMock).
      { find: 'hostApp/store', replacement: file('tests/web/testing/host-app-store.ts') },
    ],
  },
  test: {
    // Nets under what never ends, far above what a busy machine needs: nothing else is told by time.
    testTimeout: 180_000,
    hookTimeout: 180_000,
    expect: { poll: { timeout: 60_000 } },
    setupFiles: [file('tests/patience.ts')],
    maxWorkers: '100%', // of the processors; by default one is left idle
    server: { deps: { external: [/\/dist\/[\w.-]+\.js(\?|$)/] } },
    projects: [
      {
        extends: true,
        test: {
          name: 'web',
          include: ['tests/{web,webpack,tools,package}/**/*.test.{ts,tsx}'],
          exclude: ['**/*.browser.test.ts', alsoInChromium],
        },
      },
      { extends: true, test: { name: 'redux', include: [alsoInChromium] } },
      { extends: true, test: { name: 'wasm', include: ['tests/cases/**/*.test.ts'] } },
      {
        extends: true,
        plugins: [svelte],
        optimizeDeps: { include: frameworks },
        test: {
          name: 'chromium',
          include: [
            'tests/web/{redux,storage}/**/*.test.{ts,tsx}',
            'tests/web/**/*.browser.test.ts',
          ],
          exclude: ['**/*.node.test.{ts,tsx}'],
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({ launchOptions: takesWhole ? wholeChromium : headlessShell }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
    ],
  },
});
