import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { buildWithCMake } from '../../../tools/build.mjs';
import { root } from '../../../tools/paths.mjs';
import { timedRow } from '../report/rows.mjs';

const execute = promisify(execFile);
const program = join(root, 'build/bench/native_bench');

/** The cases that main.cpp knows. */
const native = ['counter', 'upsert', 'update-one'];

/**
 * The same work in the C++ engine without JavaScript around it, compiled for this machine. Where `rows`
 * has the same work through wasm, that stands beside it.
 */
export async function* runNative(cases, { rounds, roundMs }, rows) {
  const chosen = cases.filter(({ name }) => native.includes(name));
  if (chosen.length > 0) await buildWithCMake('bench');
  for (const { name, title, sizes } of chosen) {
    for (const size of sizes) {
      const args = [rounds, roundMs, name, size].map(String);
      const { stdout } = await execute(program, args);
      const times = { isthmus: JSON.parse(stdout) };
      const wasm = rows.find(({ id }) => id === `node/${name}/${size}`);
      if (wasm !== undefined) times['isthmus wasm'] = wasm.spread.isthmus;
      yield timedRow({ name, title, runtime: 'native', size }, times);
    }
  }
}
