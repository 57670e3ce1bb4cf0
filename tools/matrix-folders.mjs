import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './paths.mjs';
import { Failure } from './process.mjs';

export const matrix = 'tests/matrix';

/** The named folders of tests/matrix; all of them where none is named. */
export function chooseFolders(names) {
  const folders = foldersIn(matrix);
  const unknown = names.filter((name) => !folders.includes(name));
  if (unknown.length > 0) {
    throw new Failure(`${matrix} has no folder ${unknown.join(', ')}, only ${folders.join(' ')}.`);
  }
  return folders.filter((name) => names.length === 0 || names.includes(name));
}

/** Where the tests of these folders need packages installed, relative to the project. */
export function packageFolders(names) {
  const folders = new Set(names.flatMap((name) => [`${matrix}/${name}`, ...builtBy(name)]));
  return [...folders].filter((folder) => existsSync(join(root, folder, 'package.json')));
}

/** The folders beside its own whose apps a matrix folder builds. */
function builtBy(name) {
  if (name === 'browsers') return [`${matrix}/bundlers`];
  if (name === 'examples') return foldersIn('examples').map((example) => `examples/${example}`);
  return [];
}

function foldersIn(folder) {
  const entries = readdirSync(join(root, folder), { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
}
