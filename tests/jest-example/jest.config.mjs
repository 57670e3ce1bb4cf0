// Run by tests/web/testing/jest-example.test.ts with --experimental-vm-modules, since the package is ESM.
export default {
  testMatch: ['**/*.test.mjs'],
  moduleNameMapper: { '^hostApp/store$': '<rootDir>/host-app-store.mjs' },
  transform: {},
  cache: false,
  watchman: false,
};
