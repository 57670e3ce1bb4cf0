import { sep } from 'node:path';
import { packageNameIn, packageOf } from './paths.js';
import type { SharedState } from './shared-state.js';

const OWN_ENTRY = /[\\/]dist[\\/](index|react|redux)\.js$/;

/**
 * Finds out, for a file, to which package that must be shared it belongs. Of isthmus only the files with
 * state count; a linked one has no node_modules in its path.
 */
export function sharedFiles(shared: SharedState): (file: string) => string | undefined {
  const singletons = Object.keys(shared).filter((request) => shared[request]?.singleton);
  const names = [...new Set(singletons.map(packageNameIn))];
  return (file) => {
    if (OWN_ENTRY.test(file) && packageOf(file)?.manifest.name === 'isthmus') return 'isthmus';
    const folders = file.split(`${sep}node_modules${sep}`);
    const inside = folders.length > 1 ? folders.at(-1)!.split(sep).join('/') : '';
    return names.find((name) => name !== 'isthmus' && inside.startsWith(`${name}/`));
  };
}
