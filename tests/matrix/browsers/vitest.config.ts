import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['**/*.test.ts'],
    testTimeout: 30_000,
    hookTimeout: 120_000, // builds, and browsers that start on a busy machine
    fileParallelism: false,
  },
});
