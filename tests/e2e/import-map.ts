/** For pages that import the built package at `dist`. 0.1.0 has the step language in its one entry, `index.js`. */
export function importMap(dist = '/dist', program = 'program.js'): string {
  const imports = {
    isthmus: `${dist}/index.js`,
    'isthmus/program': `${dist}/${program}`,
    'isthmus/redux': `${dist}/redux.js`,
    'isthmus/storage': `${dist}/storage.js`,
    '#engine-source': `${dist}/engine-source.browser.js`,
    redux: '/node_modules/redux/dist/redux.browser.mjs',
  };
  return `<script type="importmap">${JSON.stringify({ imports })}</script>`;
}
