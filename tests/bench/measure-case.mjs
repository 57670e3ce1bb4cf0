import { loadEngine } from 'isthmus';
import { cases } from './cases/all.mjs';
import { measure } from './measure.mjs';

/** Sets one case up and measures it. Runs in Node and in browsers, in a fresh realm for each. */
export async function measureCase({ name, size, rounds, roundMs }) {
  await loadEngine();
  const { contenders } = cases.find((each) => each.name === name);
  return measure(contenders(size), { rounds, roundMs });
}
