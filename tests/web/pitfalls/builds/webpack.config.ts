import { join } from 'node:path';
import { sharedState, type ShareOverrides } from 'isthmus/webpack';
import webpack, { type Configuration } from 'webpack';

const repository = join(import.meta.dirname, '../../../..');
export const output = join(repository, 'build/pitfalls');

/** How hand-written configurations share the page's store, in the version that this build has. */
function byHand(settings: object = {}): ShareOverrides {
  const share = { singleton: true, version: '1.0.0', requiredVersion: '^1.0.0', ...settings };
  return { 'page-store': share };
}
const strictNewer = { version: '1.1.0', requiredVersion: '^1.1.0', strictVersion: true };
const newer = { version: '0.1.9', requiredVersion: '^0.1.9' };

/**
 * Containers by name: the module that each exposes as ./app, and what it shares. Isthmus' own plugin
 * refuses the faulty ones, so these teams have not got it.
 */
const containers = {
  host: ['by-hand', byHand()],
  unshared: ['by-hand', {}],
  strict: ['by-hand', byHand(strictNewer)],
  fallback: ['by-hand', byHand({ ...strictNewer, singleton: false })],
  relative: ['by-hand-relative', byHand()],
  isthmusHost: ['isthmus', {}],
  isthmusUnshared: ['isthmus', { isthmus: false }],
  isthmusNewer: ['isthmus', { isthmus: newer }],
  isthmusRelative: ['isthmus-relative', {}],
} as const satisfies Record<string, readonly [string, ShareOverrides]>;

export type ContainerName = keyof typeof containers;

/** One build for each container, for Node: all of them run in the one realm of a test. */
export function configurations(): Configuration[] {
  return Object.entries(containers).map(([name, [module, shares]]) => {
    const federation = {
      name,
      filename: 'entry.cjs',
      library: { type: 'commonjs-module' },
      exposes: { './app': `./${module}.js` },
      shared: module.startsWith('isthmus') ? sharedState(shares) : shares,
    };
    const { ModuleFederationPlugin } = webpack.container;
    return {
      name,
      context: import.meta.dirname,
      mode: 'development',
      devtool: false,
      target: 'async-node',
      entry: {},
      output: { path: join(output, name), uniqueName: name, chunkFilename: '[name].cjs' },
      resolve: { alias: { 'page-store': join(import.meta.dirname, 'page-store.js') } },
      // The test's server would be the file system, where no asset has to be moved.
      module: { parser: { javascript: { url: false } } },
      plugins: [new ModuleFederationPlugin(federation as never)],
    };
  });
}
