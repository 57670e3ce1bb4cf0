import { current, isDraft, original, produce } from 'immer';
import { expect, it } from 'vitest';
import { draft } from '../../../web/draft/draft.js';
import * as own from '../../../web/draft/inspect.js';
import { materialize } from '../../../web/draft/materialize.js';
import { randomNumbers } from '../../../web/testing/random-numbers.js';
import { Comparison, isCyclic, unfrozenIn } from './random/compare.js';
import { Dice, mutable } from './random/data.js';
import { type Ground, Program } from './random/program.js';

const seed = Number(process.env.ISTHMUS_SEED ?? Date.now() % 2 ** 31);
/** How many; a million takes about five minutes. */
const programs = Number(process.env.ISTHMUS_DRAFT_PROGRAMS ?? 20_000);

interface Run {
  lines: readonly string[];
  value?: unknown;
  error?: unknown;
}

it(
  `random recipes make what Immer makes of the same state (ISTHMUS_SEED=${seed})`,
  () => {
    const seen = { same: 0, changed: 0, failed: 0, cyclic: 0 };
    for (let round = 0; round < programs; round++) seen[runOne((seed + round) | 0)]++;
    // Most of them come to something.
    expect(seen.changed).toBeGreaterThan(programs / 2);
    expect(seen.same).toBeGreaterThan(programs / 20);
    expect(seen.cyclic).toBeLessThan(programs / 10);
  },
  180_000 + 2 * programs,
);

function runOne(number: number): 'same' | 'changed' | 'failed' | 'cyclic' {
  const base = new Dice(randomNumbers(number)).base();
  const ours = run(number, own, (program) =>
    materialize(draft(base, (state) => program.run(state))),
  );
  if (isOfCycle(ours.error)) {
    const plain = runPlainly(number, base);
    const isAlike = ours.lines.join() === plain.lines.join();
    assert(!isAlike || isCyclic(plain.value), 'there is no cycle', base, ours);
    return 'cyclic';
  }
  const theirs = run(number, { current, isDraft, original: original as never }, (program) =>
    produce(base, (state: object) => program.run(state) as never),
  );
  assert(
    ours.lines.join() === theirs.lines.join(),
    `Immer:\n${theirs.lines.join('\n')}`,
    base,
    ours,
  );
  const failed = 'error' in ours;
  assert(failed === 'error' in theirs, `Immer's error: ${String(theirs.error)}`, base, ours);
  if (failed) return 'failed';
  const comparison = new Comparison(base);
  const difference =
    comparison.data(ours.value, theirs.value) ??
    comparison.identity(ours.value, theirs.value) ??
    unfrozenIn(ours.value);
  assert(difference === undefined, String(difference), base, ours);
  return ours.value === base ? 'same' : 'changed';
}

/** The same recipe on ordinary mutable data. */
function runPlainly(number: number, base: object): Run {
  const originals = new Map<unknown, unknown>();
  const state = mutable(base, originals) as object;
  const ground: Ground = {
    current: (part) => mutable(part),
    isDraft: (value) => originals.has(value),
    original: (part) => originals.get(part),
  };
  return run(number, ground, (program) => program.run(state) ?? state);
}

function run(number: number, ground: Ground, make: (program: Program) => unknown): Run {
  const program = new Program(randomNumbers(~number), ground);
  try {
    return { value: make(program), lines: program.lines };
  } catch (error) {
    return { error, lines: program.lines };
  }
}

function isOfCycle(error: unknown): boolean {
  return error instanceof Error && error.message.includes('contain itself');
}

function assert(holds: boolean, what: string, base: object, { lines, error }: Run): void {
  if (holds) return;
  const failed = error === undefined ? '' : `\n${String(error)}`;
  expect.fail(`${what}\nr0 = ${JSON.stringify(base)}\n${lines.join('\n')}${failed}`);
}
