// Run by tests/web/testing/jest-example.test.ts. Nothing is said about isthmus.
module.exports = { testMatch: ['**/*.test.cjs'], transform: {}, cache: false, watchman: false };
