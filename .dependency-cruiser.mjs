import { layers, mayUse, ownBundles, stateless } from './tools/layer-rules.mjs';

const folders = Object.keys(layers).filter((layer) => layer.startsWith('web'));

/** The files of a layer as a regular expression, without those of a layer within it. */
function filesOf(layer) {
  const inner = folders
    .filter((other) => other.startsWith(`${layer}/`))
    .map((other) => other.slice(layer.length + 1));
  return inner.length === 0 ? `^${layer}/` : `^${layer}/(?!(${inner.join('|')})/)`;
}

const below = (layer) => folders.filter((other) => mayUse(layer, other)).map(filesOf);

export default {
  forbidden: [
    ...folders.map((layer) => ({
      name: `${layer} looks down`,
      comment: 'tools/layer-rules.mjs says which layer may use which.',
      severity: 'error',
      from: { path: filesOf(layer) },
      to: { path: '^(web|webpack|tests|tools|src|bindings)/', pathNot: below(layer) },
    })),
    ...ownBundles.map((layer) => ({
      name: `${layer} is a bundle of its own`,
      comment: "A value from another folder would be a copy: import it from 'isthmus'.",
      severity: 'error',
      from: { path: filesOf(layer) },
      to: {
        path: '^web/',
        pathNot: [filesOf(layer), ...stateless.map((file) => `^${file}$`)],
        dependencyTypesNot: ['type-only'],
      },
    })),
    {
      name: 'no circle',
      comment: 'Types included: who reads one file of a circle has to read all of them.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'the compiled engine',
      comment: 'Only its loaders know it.',
      severity: 'error',
      from: { path: '^web', pathNot: '^web/(engine|inline)/' },
      to: { path: '^build/' },
    },
    {
      name: 'React',
      comment: 'Apps without React use the rest.',
      severity: 'error',
      from: { path: '^web', pathNot: '^(web/react|webpack/demo)/' },
      to: { path: 'node_modules/(@types/)?react(-dom)?/' },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    doNotFollow: { path: ['node_modules', '^build/'] },
    exclude: { path: ['^webpack/demo/[^/]*/?node_modules'] },
  },
};
