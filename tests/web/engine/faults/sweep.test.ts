import { onRecovered, type Recovery } from 'isthmus';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { FAULT, loadFaultyEngine } from './faulty-engine.js';
import { bothKinds, expectedTexts, openStore, operations, textOf } from './operations.js';

/** Of the steps of each operation: 25 more than the 1,000 recoveries that are promised in all. */
const MOST = Number(process.env.ISTHMUS_FAULTS ?? 50);

const faults = await loadFaultyEngine();
const recoveries: Recovery[] = [];
onRecovered((recovery) => recoveries.push(recovery));
const told = vi.spyOn(console, 'error').mockImplementation(() => undefined);

/** So many numbers of steps, evenly spread. */
function* chosen(steps: number): Generator<number> {
  for (let i = 0; i < Math.min(MOST, steps); i++) yield 1 + Math.floor((i * steps) / MOST);
}

beforeEach(() => {
  recoveries.length = 0;
  told.mockClear();
});

describe.each([
  ['native slices only', {}],
  ['native and JS slices', bothKinds],
])('%s', (_, reducers: typeof bothKinds) => {
  it.each(Object.keys(operations))(
    'wherever %s fails, it is done wholly or not at all, and all goes on',
    async (name) => {
      const operate = operations[name]!;
      const texts = expectedTexts(reducers, name);
      const model = openStore(reducers);
      const steps = faults.stepsOf(() => operate(model));
      model.dispose();
      expect(steps).toBeGreaterThan(50);

      for (const step of chosen(steps)) {
        const store = openStore(reducers);
        const seen: unknown[] = [];
        store.watch(['count', 'n'], () => seen.push(store.read(['count', 'n'])));
        let thrown: unknown;
        const isReached = faults.at(step, () => {
          try {
            operate(store);
          } catch (error) {
            thrown = error;
          }
        });
        if (isReached) {
          expect(thrown, `step ${step}`).toMatchObject({ code: 'engine-failed', cause: FAULT });
        }
        const before = textOf(store);
        store.dispatch({ type: 'both' });
        expect(texts, `step ${step}`).toContainEqual([before, textOf(store)]);
        expect(seen.at(-1)).toBe((store.getState().count as { n: number }).n);
        store.dispose();
      }
      await Promise.resolve();
      expect(recoveries.length).toBeGreaterThan(0.9 * Math.min(MOST, steps));
      for (const { lost } of recoveries) expect(lost).toEqual([]);
      expect(told).toHaveBeenCalledTimes(recoveries.length);
    },
  );
});
