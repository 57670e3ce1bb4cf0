// The first dispatches in a realm that has done nothing else: compilers and caches begin with them. Runs in
// Node and in browsers, where each contender is a file of its own, so that no realm loads another one's.

const contenders = {
  isthmus: () => import('./contenders/isthmus.mjs'),
  function: () => import('./contenders/function.mjs'),
  draft: () => import('./contenders/draft.mjs'),
  redux: () => import('./contenders/redux.mjs'),
  rtk: () => import('./contenders/rtk.mjs'),
};

export const names = Object.keys(contenders);

/** After how many dispatches the clock is looked at. */
export const sizes = [100, 1000];

/** What loading has begun in other threads, and the first frame of a page, are over by then. */
const REST_MS = 200;

/** Milliseconds that the first dispatches of a contender take, for each of the sizes. Once for each realm. */
export async function firstDispatches(name) {
  const { open } = await contenders[name]();
  const dispatch = await open();
  await new Promise((resolve) => setTimeout(resolve, REST_MS));
  const { times, value } = timed(dispatch);
  if (value !== sizes.at(-1)) throw new Error(`${name} has counted ${value}.`);
  return times;
}

function timed(dispatch) {
  const times = [];
  let [count, value] = [0, 0];
  const start = performance.now();
  for (const size of sizes) {
    for (; count < size; count++) value = dispatch();
    times.push(performance.now() - start);
  }
  return { times, value };
}
