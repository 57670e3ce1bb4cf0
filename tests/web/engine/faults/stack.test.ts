import { loadEngine } from 'isthmus';
import { describe, expect, it, vi } from 'vitest';
import { bothKinds, expectedTexts, openStore, operations, textOf } from './operations.js';

await loadEngine();
vi.spyOn(console, 'error').mockImplementation(() => undefined);

/** Operations begun from where there is hardly a frame left to where there is room for them. */
const TRIES = Number(process.env.ISTHMUS_FAULTS ?? 60);

function below(frames: number, run: () => void): void {
  if (frames === 0) run();
  else below(frames - 1, run);
}

/** How many frames `below` can take. */
function mostFrames(): number {
  let most = 0;
  for (let step = 1 << 15; step >= 1; step >>= 1) {
    if (succeeds(() => below(most + step, () => undefined))) most += step;
  }
  return most;
}

function succeeds(run: () => void): boolean {
  try {
    run();
    return true;
  } catch {
    return false;
  }
}

// Compiled code takes less of the stack: let it be compiled.
for (let i = 0; i < 30; i++) mostFrames();

describe.each([
  ['native slices only', {}],
  ['native and JS slices', bothKinds],
])('%s', (_, reducers: typeof bothKinds) => {
  it.each(Object.keys(operations))(
    'wherever the stack ends in %s, it is done wholly or not at all, and all goes on',
    (name) => {
      const operate = operations[name]!;
      const texts = expectedTexts(reducers, name);
      const results = { done: 0, failed: 0 };
      let frames = mostFrames() + 60;
      // On a busy machine less is compiled, so that more of the tries come to nothing.
      const isEnough = () => results.done + results.failed >= TRIES && results.done > 0;
      for (; frames > 0 && !isEnough(); frames -= 3) {
        if (!succeeds(() => below(frames, () => undefined))) continue;
        const store = openStore(reducers);
        const seen: unknown[] = [];
        store.watch(['count', 'n'], () => seen.push(store.read(['count', 'n'])));
        let isEntered = false;
        const isDone = succeeds(() =>
          below(frames, () => {
            isEntered = true;
            operate(store);
          }),
        );
        if (isEntered) {
          results[isDone ? 'done' : 'failed'] += 1;
          const before = textOf(store);
          store.dispatch({ type: 'both' });
          expect(texts, `${frames} frames`).toContainEqual([before, textOf(store)]);
          expect(seen.at(-1)).toBe((store.getState().count as { n: number }).n);
        }
        store.dispose();
      }
      expect(results.failed).toBeGreaterThan(0);
      expect(results.done).toBeGreaterThan(0);
    },
  );
});
