import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const built = (file: string): string => fileURLToPath(new URL(`dist/${file}`, import.meta.url));

// Tests run against the built package, which Node itself loads: Vite leaves it alone.
export default defineConfig({
  resolve: {
    alias: [
      { find: /^isthmus$/, replacement: built('index.js') },
      { find: /^isthmus\/(react|redux|testing|webpack)$/, replacement: built('$1.js') },
    ],
  },
  test: {
    testTimeout: 30_000, // random and large inputs take long on a busy machine
    server: { deps: { external: [/\/dist\/[\w.-]+\.js$/] } },
    projects: [
      { extends: true, test: { name: 'web', include: ['tests/web/**/*.test.{ts,tsx}'] } },
      { extends: true, test: { name: 'wasm', include: ['tests/cases/**/*.test.ts'] } },
    ],
  },
});
