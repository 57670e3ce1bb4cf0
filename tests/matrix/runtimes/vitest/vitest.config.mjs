// `--mode inlined`: the package is transformed as an app's own code is.
export default ({ mode }) => ({
  test: {
    environment: 'jsdom',
    globals: true,
    include: ['*.vitest.mjs'],
    server: { deps: { inline: mode === 'inlined' ? [/\/isthmus\/dist\//] : [] } },
  },
});
