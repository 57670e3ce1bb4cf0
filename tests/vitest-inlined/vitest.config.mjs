// Run by tests/web/testing/test-runners.test.ts. The package is transformed as an app's own code is.
export default {
  test: {
    environment: 'jsdom',
    include: ['*.inlined.mjs'],
    server: { deps: { inline: [/isthmus/, /\/dist\//] } },
  },
};
