// Nothing is said about isthmus.
module.exports = {
  testEnvironment: 'jsdom',
  testMatch: ['**/*.jest.cjs'],
  transform: {},
  cache: false,
  watchman: false,
};
