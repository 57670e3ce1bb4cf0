// What users' tools will find in the packed package: publint and "are the types wrong".

import { root } from './paths.mjs';
import { run } from './process.mjs';

const tarball = 'build/isthmus.tgz';
const checks = [
  ['publint', 'run', tarball, '--strict'],
  [
    'attw',
    tarball,
    '--profile',
    'esm-only',
    '--exclude-entrypoints',
    'engine.wasm',
    'engine-crossing.wasm',
  ],
];

export async function checkPackage() {
  const counts = { passed: 0, failed: 0 };
  for (const [command, ...args] of checks) {
    const { code, output } = await run(command, args, { cwd: root, quiet: true });
    console.log(code === 0 ? `${command}: no problems` : output);
    counts[code === 0 ? 'passed' : 'failed'] += 1;
  }
  return counts;
}
