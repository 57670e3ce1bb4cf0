// What recipes make of states that the engine holds, beside what Immer makes of the same plain data.

import * as immer from 'immer';
import { current, isDraft, loadEngine, native, plain } from 'isthmus';
import { expect, it } from 'vitest';
import { randomNumbers } from '../../../web/testing/random-numbers.js';
import { isCyclic } from './random/compare.js';
import { Dice, freeze } from './random/data.js';
import { type Ground, Program } from './random/program.js';

await loadEngine();

const seed = Number(process.env.ISTHMUS_SEED ?? Date.now() % 2 ** 31);
/** How many; a million takes about ten minutes. */
const programs = Number(process.env.ISTHMUS_DRAFT_PROGRAMS ?? 5_000);
const FAILED = Symbol('failed');

type Recipe = (state: object) => unknown;
let recipe: Recipe = () => ({});
const held = native({
  reducerPath: 'random',
  reducer: (state: object = {}) => recipe(state),
});
const reduce = held.reducer as unknown as (state: object, action: { type: string }) => object;

it(
  `random recipes make of the engine's states what Immer makes (ISTHMUS_SEED=${seed})`,
  () => {
    for (let round = 0; round < programs; round++) runOne((seed + round) | 0);
  },
  180_000 + 2 * programs,
);

function runOne(number: number): void {
  const base = freeze(stored(new Dice(randomNumbers(number)).base())) as object;
  const view = viewOf(base);
  const ours = run(number, { current, isDraft }, (each) => {
    recipe = each;
    return reduce(view, { type: 'run' });
  });
  const theirs = run(number, immer, (each) => immer.produce(base, each as never));
  const what = `ISTHMUS_SEED=${number}\nr0 = ${JSON.stringify(base)}\n${ours.lines.join('\n')}`;
  if (isOfCycle(ours.error)) return;
  expect(ours.lines, what).toEqual(theirs.lines);
  expect(ours.value === FAILED, `${what}\n${String(ours.error)}`).toBe(theirs.value === FAILED);
  if (ours.value === FAILED || isCyclic(theirs.value)) return;
  const text = (value: unknown) => JSON.stringify(stored(value));
  expect(text(plain(ours.value)), what).toBe(text(theirs.value));
  if (!ours.lines.some((line) => line.includes('current('))) {
    const lost = lostPart(base, view, theirs.value, ours.value);
    expect(lost, what).toBeUndefined();
  }
}

/** The engine's own of some data. */
function viewOf(data: object): object {
  recipe = () => data;
  return reduce({}, { type: 'make' });
}

type Inspect = Pick<Ground, 'current' | 'isDraft'>;

function run(number: number, { current, isDraft }: Inspect, make: (recipe: Recipe) => unknown) {
  const ground: Ground = { current, isDraft, original: undefined };
  const program = new Program(randomNumbers(~number), ground);
  try {
    return { value: make((state) => program.run(state)), lines: program.lines };
  } catch (error) {
    return { value: FAILED, error, lines: program.lines };
  }
}

/** As a state is held: without members that are undefined, and with null for such elements. */
function stored(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return Array.from(value, (each) => stored(each) ?? null);
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  return Object.fromEntries(members.map(([key, member]) => [key, stored(member)]));
}

/**
 * A part of the base that Immer has left as it was, and of which the engine has made another. What is put where its
 * equal stood leaves that one, so any part of the base will do.
 */
function lostPart(base: object, view: object, theirs: unknown, ours: unknown): string | undefined {
  const [parts, views] = [new Set(), new Set()];
  const note = (part: unknown, all: Set<unknown>): void => {
    if (typeof part !== 'object' || part === null) return;
    all.add(part);
    for (const each of Object.values(part)) note(each, all);
  };
  note(base, parts);
  note(view, views);
  const find = (made: unknown, our: unknown, at: string): string | undefined => {
    if (typeof made !== 'object' || made === null) return undefined;
    if (parts.has(made)) return views.has(our) ? undefined : `${at} is a copy`;
    for (const key of Object.keys(made)) {
      const lost = find(made[key as never], (our as object)[key as never], `${at}/${key}`);
      if (lost !== undefined) return lost;
    }
    return undefined;
  };
  return find(theirs, ours, '');
}

function isOfCycle(error: unknown): boolean {
  return error instanceof Error && error.message.includes('contain itself');
}
