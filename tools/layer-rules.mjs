// Which folder may use which, as the table of docs/ARCHITECTURE.md says. A folder may use itself, what is
// listed here, and what those may use in turn.

const native = {
  'src/base': [],
  'src/value': ['src/base'],
  'src/script': ['src/value'],
  'src/reducer': ['src/script'],
  'src/store': ['src/reducer'],
  'src/log': ['src/store'],
  'src/contract': ['src/script', 'src/reducer'],
  'src/bridge': ['src/log', 'src/contract'],
  bindings: ['src/store'],
  'bindings/crossing': ['bindings', 'src/bridge'],
};

const web = {
  'web/base': [],
  'web/draft': ['web/base'],
  'web/page': ['web/base'],
  'web/api': ['web/page', 'web/draft'],
  'web/engine': ['web/api'],
  'web/program': ['web/engine'],
  'web/store': ['web/engine'],
  'web/bridge': ['web/store'],
  'web/federation': ['web/bridge', 'web/program'],
  'web/redux': ['web/federation'],
  'web/toolkit': ['web/redux'],
  'web/views': ['web/federation'],
  'web/react': ['web/views'],
  'web/vue': ['web/views'],
  'web/angular': ['web/views'],
  'web/svelte': ['web/views'],
  'web/storage': ['web/federation'],
  'web/testing': ['web/federation'],
  'web/inline': ['web/engine'],
  web: ['web/federation'],
  'webpack/plugin': [],
  'webpack/doctor': [],
  'webpack/demo': [],
};

export const layers = { ...native, ...web };

/** Folders that are bundles of their own: a value imported from another folder would be a copy. */
export const ownBundles = [
  'web/redux',
  'web/toolkit',
  'web/views',
  'web/react',
  'web/vue',
  'web/angular',
  'web/svelte',
  'web/storage',
  'web/testing',
  'web/inline',
];

/** Modules without state of their own, or with nothing but a cache, of which each bundle may hold a copy. */
export const stateless = [
  'web/api/slice.ts',
  'web/base/listeners.ts',
  'web/base/path.ts',
  'web/base/picked-path.ts',
  'web/base/plain-object.ts',
  'web/bridge/heard.ts',
  'web/bridge/nothing-counted.ts',
  'web/page/realm.ts',
  'web/store/state/hydrate-action.ts',
  'web/store/state/rebased-action.ts',
  'web/views/[^/]+',
];

/** The layer that holds `path`: the longest listed folder. */
export function layerOf(path) {
  const inside = Object.keys(layers).filter((layer) => path.startsWith(`${layer}/`));
  return inside.sort((a, b) => b.length - a.length)[0];
}

/** Whether a file of layer `from` may use one of layer `to`. */
export function mayUse(from, to) {
  return from === to || layers[from].some((next) => mayUse(next, to));
}
