// The layers of TypeScript, as rules for dependency-cruiser; tools/layer-rules.mjs says which layer may use
// which. `npm test -- layers` and `npm run lint` run them, with the includes of C++.

import { layers, mayUse, ownBundles, stateless } from './tools/layer-rules.mjs';

const folders = Object.keys(layers).filter((layer) => layer.startsWith('web'));

const frameworks = {
  'web/react': '(@types/)?react(-dom)?',
  'web/vue': '(@vue/[^/]+|vue)',
  'web/angular': '@angular/[^/]+',
  'web/svelte': 'svelte',
};

/** The files of a layer as a regular expression, without those of a layer within it. */
function filesOf(layer) {
  const inner = folders
    .filter((other) => other.startsWith(`${layer}/`))
    .map((other) => other.slice(layer.length + 1));
  return inner.length === 0 ? `^${layer}/` : `^${layer}/(?!(${inner.join('|')})/)`;
}

/** What is there for a layer. Only its loaders know the compiled engine. */
function below(layer) {
  const files = folders.filter((other) => mayUse(layer, other)).map(filesOf);
  return ['web/engine', 'web/inline'].includes(layer) ? [...files, '^build/'] : files;
}

export default {
  forbidden: [
    ...folders.map((layer) => ({
      name: `${layer} looks down only`,
      severity: 'error',
      from: { path: filesOf(layer) },
      // An alias such as #engine-source leads to what is built of this.
      to: {
        dependencyTypes: ['local'],
        dependencyTypesNot: ['aliased'],
        pathNot: below(layer),
      },
    })),
    ...ownBundles.map((layer) => ({
      // A value from another folder would be a copy.
      name: `${layer} is a bundle of its own, with values from 'isthmus'`,
      severity: 'error',
      from: { path: filesOf(layer) },
      to: {
        path: '^web/',
        pathNot: [filesOf(layer), ...stateless.map((file) => `^${file}$`)],
        dependencyTypesNot: ['type-only'],
      },
    })),
    {
      // Types included: who reads one file of a circle has to read all of them.
      name: 'no circle',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    // Apps without a framework use the rest.
    ...Object.entries(frameworks).map(([folder, packages]) => ({
      name: `only ${folder} and webpack/demo use its framework`,
      severity: 'error',
      from: { path: '^web', pathNot: `^(${folder}|webpack/demo)/` },
      to: { path: `node_modules/(${packages})/` },
    })),
  ],
  options: {
    tsPreCompilationDeps: true,
    doNotFollow: { path: ['node_modules', '^(build|dist)/'] },
    exclude: { path: ['^webpack/demo/[^/]*/?node_modules'] },
  },
};
