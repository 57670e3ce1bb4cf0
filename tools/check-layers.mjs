// Refuses includes and imports against the order of the layers. `node tools/check-layers.mjs`

import { readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { listFiles } from './files.mjs';
import { layerOf, mayUse, ownBundles, reserved, stateless } from './layer-rules.mjs';
import { isMain, root } from './paths.mjs';
import { main } from './process.mjs';

const checked = /\.(h|cpp|ts|tsx|js|mjs)$/;
const include = /^\s*#include\s*"([^"]+)"/gm;
const imported = /\b(?:import|export)\s+(type\s)?[^;'"]*?from\s*'([^']+)'|\bimport\(?\s*'([^']+)'/g;

/** The problems of one file, given its path in the project and its text. */
export function checkFile(path, text) {
  const layer = layerOf(path);
  if (layer === undefined) return [];
  const uses = /\.(h|cpp)$/.test(path) ? includesOf(layer, text) : importsOf(path, text);
  const problems = [...uses.map((use) => judge(layer, use)), ...reservedIn(layer, text)];
  return problems.filter(Boolean).map((problem) => `${path}: ${problem}`);
}

/** What a C++ file includes; bindings also include each other, without their folder. */
function includesOf(layer, text) {
  return [...text.matchAll(include)].map(([, name]) => {
    const target = name.includes('/') ? `src/${name}` : `${layer}/${name}`;
    return { name, target, typeOnly: false };
  });
}

function importsOf(path, text) {
  return [...text.matchAll(imported)]
    .map(([, type, from, bare]) => ({ name: from ?? bare, typeOnly: type !== undefined }))
    .filter(({ name }) => name.startsWith('.'))
    .map((use) => ({ ...use, target: posix.join(posix.dirname(path), use.name) }));
}

function judge(layer, { name, target, typeOnly }) {
  const to = layerOf(target);
  if (to === undefined) return isForeign(layer, target) && `${layer} may not use "${name}".`;
  if (!mayUse(layer, to)) return `${layer} may not use ${to} ("${name}").`;
  if (to === layer || typeOnly || !ownBundles.includes(layer) || stateless.includes(target)) {
    return null;
  }
  return `${layer} is a bundle of its own: import values of ${to} from 'isthmus' ("${name}").`;
}

// The compiled engine in build/ is the only thing outside the layers, and only its loaders know it.
function isForeign(layer, target) {
  return !(['web/engine', 'web/inline'].includes(layer) && target.startsWith('build/'));
}

function reservedIn(layer, text) {
  return reserved
    .filter(({ pattern, only }) => pattern.test(text) && !only.includes(layer))
    .map(({ what, only }) => `${what} belongs into ${only.join(' and ')} only.`);
}

if (isMain(import.meta.url)) {
  await main(() => {
    const folders = ['src', 'bindings', 'web', 'webpack'];
    const files = folders.flatMap(listFiles).filter((file) => checked.test(file));
    const problems = files.flatMap((file) =>
      checkFile(file, readFileSync(join(root, file), 'utf8')),
    );
    for (const problem of problems) console.error(problem);
    console.log(`Layers: ${files.length} files, ${problems.length} problems.`);
    return problems.length === 0 ? 0 : 1;
  });
}
