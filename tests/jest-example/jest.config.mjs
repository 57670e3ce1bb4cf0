// Run by tests/web/testing/test-runners.test.ts with --experimental-vm-modules: modules, not CommonJS.
export default {
  testMatch: ['**/*.test.mjs'],
  moduleNameMapper: { '^hostApp/store$': '<rootDir>/host-app-store.mjs' },
  transform: {},
  cache: false,
  watchman: false,
};
