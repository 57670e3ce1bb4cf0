import { loadEngine, plain } from 'isthmus';
import { expect, it } from 'vitest';
import { NativeBox } from './native-box.js';
import { asData, randomNumbers, randomValue } from './random-values.js';

await loadEngine();

const seed = Number(process.env.ISTHMUS_SEED ?? Date.now() % 2 ** 31);

it(`random values come back as they went in (ISTHMUS_SEED=${seed})`, () => {
  const random = randomNumbers(seed);
  const box = new NativeBox();
  for (let round = 0; round < 2_000; round++) {
    const value = randomValue(random);
    const state = box.put(value);
    expect(state, `round ${round}`).toStrictEqual(asData(value));
    expect(plain(state), `round ${round}`).toStrictEqual(asData(value));
    expect(keysOf(state), `round ${round}`).toEqual(keysOf(asData(value)));
  }
});

it(`an equal value written again changes nothing (ISTHMUS_SEED=${seed})`, () => {
  const random = randomNumbers(seed);
  const box = new NativeBox();
  for (let round = 0; round < 500; round++) {
    const value = randomValue(random);
    const state = box.put(value);
    const root = box.store.getState();
    expect(Object.is(box.put(value), state), `round ${round}`).toBe(true);
    expect(box.store.getState(), `round ${round}`).toBe(root);
  }
});

/** Keys in their order, of every object in the value. */
function keysOf(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return null;
  return [Object.keys(value), Object.values(value).map(keysOf)];
}
