import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './paths.mjs';

const generated = new Set(['node_modules', 'dist', 'build', '.git']);

/**
 * The files under `path` (a file or a folder relative to the project), sorted, without generated
 * ones unless `path` itself names such a folder. What does not exist is empty.
 */
export function listFiles(path) {
  const full = join(root, path);
  if (!existsSync(full)) return [];
  if (statSync(full).isFile()) return [path];
  return readdirSync(full)
    .sort()
    .filter((name) => !generated.has(name))
    .flatMap((name) => listFiles(join(path, name)));
}
