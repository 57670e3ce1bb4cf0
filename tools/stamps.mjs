// Steps that are skipped while what they read is unchanged. A task runner such as wireit asks for one npm
// script for each, of which clang-tidy alone has as many as there are sources, and for `npm ci` before set-up.

import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { listFiles } from './files.mjs';
import { root } from './paths.mjs';

/** A hash over the names and contents of files and folders, given relative to the project. */
export function contentHash(inputs) {
  const hash = createHash('sha256');
  for (const file of inputs.flatMap((input) => listFiles(input))) {
    hash
      .update(`${file}\0`)
      .update(readFileSync(join(root, file)))
      .update('\0');
  }
  return hash.digest('hex');
}

/**
 * Runs `step` unless it has succeeded with these inputs before and all outputs are still there.
 * A step that throws leaves no stamp, so it runs again next time.
 */
export async function whenChanged(name, { inputs, outputs }, step) {
  const stamp = join(root, 'build/stamps', name);
  const hash = contentHash(inputs);
  const done = existsSync(stamp) && readFileSync(stamp, 'utf8') === hash;
  if (done && outputs.every((output) => existsSync(join(root, output)))) return;
  rmSync(stamp, { force: true });
  await step();
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, hash);
}
