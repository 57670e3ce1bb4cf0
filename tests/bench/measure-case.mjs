import { loadEngine } from 'isthmus';
import { cases } from './cases/all.mjs';
import { measure } from './measure.mjs';

/** Sets one case up, or those of its contenders that are named, and measures it. Runs in Node and in browsers, in a fresh realm for each. */
export async function measureCase({ name, size, names, rounds, roundMs }) {
  await loadEngine(undefined, { whole: true });
  const { contenders } = cases.find((each) => each.name === name);
  return measure(contenders(size, names), { rounds, roundMs });
}

/** Sets up the part of a case that runs in a second tab. */
export async function partnerOfCase(name) {
  await loadEngine(undefined, { whole: true });
  cases.find((each) => each.name === name).partner();
}
