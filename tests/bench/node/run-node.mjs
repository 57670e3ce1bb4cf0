import { timedRow } from '../report/rows.mjs';
import { runChild } from './run-child.mjs';

/** The timed cases in Node, each in a process of its own. */
export async function* runNode(cases, { rounds, roundMs }) {
  for (const { name, title, sizes } of cases) {
    for (const size of sizes) {
      const times = await runChild('node/time-case.mjs', { name, size, rounds, roundMs });
      yield timedRow({ name, title, runtime: 'node', size }, times);
    }
  }
}
