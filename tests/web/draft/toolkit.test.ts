import { expect, it } from 'vitest';
import { draft } from '../../../web/draft/draft.js';
import { materialize } from '../../../web/draft/materialize.js';
import { randomNumbers } from '../../../web/testing/random-numbers.js';
import { Comparison, unfrozenIn } from './random/compare.js';
import { Dice } from './random/data.js';
import { type Case, toolkitCases } from './toolkit-slices.js';

const seed = Number(process.env.ISTHMUS_SEED ?? Date.now() % 2 ** 31);
/** How many of each. */
const steps = Number(process.env.ISTHMUS_TOOLKIT_STEPS ?? 2_000);

it.each(toolkitCases)(
  `$name runs on a draft as on a state of its own (ISTHMUS_SEED=${seed})`,
  (slice) => {
    const dice = new Dice(randomNumbers(seed));
    let state = slice.reducer(undefined, { type: 'begin' }) as object;
    let changed = 0;
    for (let step = 0; step < steps; step++) {
      const next = stepBoth(slice, state, dice);
      if (next !== state) changed++;
      state = next;
    }
    expect(changed).toBeGreaterThan(steps / 3);
  },
  180_000 + 10 * steps,
);

function stepBoth({ reducer, action: random }: Case, state: object, dice: Dice): object {
  const action = random(dice);
  const what = `${JSON.stringify(action)} on ${JSON.stringify(state)}`;
  const theirs = attempt(() => reducer(state, structuredClone(action)));
  const ours = attempt(() =>
    materialize(draft(state, (given) => reducer(given, structuredClone(action)))),
  );
  expect('error' in ours, `${what}: ${String(ours.error)}, ${String(theirs.error)}`).toBe(
    'error' in theirs,
  );
  if ('error' in theirs) return state;
  const comparison = new Comparison(state);
  const difference =
    comparison.data(ours.value, theirs.value) ??
    comparison.identity(ours.value, theirs.value) ??
    unfrozenIn(ours.value);
  if (difference !== undefined) expect.fail(`${difference}: ${what}`);
  return theirs.value as object;
}

function attempt(make: () => unknown): { value?: unknown; error?: unknown } {
  try {
    return { value: make() };
  } catch (error) {
    return { error };
  }
}
