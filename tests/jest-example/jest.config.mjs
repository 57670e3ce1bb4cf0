// Run by tests/web/testing/jest-example.test.ts with --experimental-vm-modules, since the package is ESM.
export default { testMatch: ['**/*.test.mjs'], transform: {}, cache: false, watchman: false };
