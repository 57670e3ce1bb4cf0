import { runChild } from '../node/run-child.mjs';
import { measuredRow } from '../report/rows.mjs';
import { spreadOf } from '../statistics.mjs';

const MB = 1e6;

/** What is measured of slices that converge beside the timed cases, each in a process of its own. */
export const convergingCases = [
  { name: 'late-join', run: measureJoins },
  { name: 'converging-memory', run: measureActions },
];

export async function* runConverging(cases, options) {
  for (const { run } of cases) yield* await run(options);
}

async function measureJoins({ quick }) {
  const size = quick ? 1000 : 10_000;
  const taken = await runChild('converging/late-join.mjs', { size, joins: quick ? 3 : 15 });
  const [cold, ...hot] = taken;
  const median = (part) => spreadOf(hot.map((join) => join[part])).median;
  const what = { name: 'late-join', runtime: 'node', size, unit: 'ms' };
  const title = "Open a late tab that takes n entities over, with the other tab's part";
  return [
    measuredRow(
      { ...what, title },
      {
        isthmus: median('total'),
        'its longest task': median('longest'),
        waiting: median('waiting'),
        'first one': cold.total,
        "first one's longest task": cold.longest,
      },
    ),
  ];
}

async function measureActions({ quick, long }) {
  const actions = quick ? 10_000 : long ? 1_000_000 : 100_000;
  const input = { actions, warmUp: actions / (long ? 10 : 1) };
  const { before, after, kept, rest } = await runChild('converging/many-actions.mjs', input);
  const what = { runtime: 'node', size: actions };
  const ofMemory = 'Growth of memory over n actions in two tabs that agree, after warm-up';
  const ofRest = 'What is kept of n actions in two tabs, and what happens in an hour at rest';
  return [
    measuredRow(
      { ...what, name: 'converging-memory', title: ofMemory, unit: 'MB' },
      {
        isthmus: (after.wasm - before.wasm) / MB,
        'isthmus heap': (after.heap - before.heap) / MB,
      },
    ),
    measuredRow(
      { ...what, name: 'converging-rest', title: ofRest, unit: 'count' },
      { isthmus: kept, timers: rest.timers, messages: rest.posts },
    ),
  ];
}
