// How long one piece of work takes: several rounds, the contenders taking turns in each, so that what
// slows the machine for a while slows all of them. Runs in Node and in browsers.
//
// A contender is a function that does one piece of work and returns the value it has read back; or, for
// work that needs something fresh each time, { prepare(), work(fresh), discard(fresh) }, of which only
// `work` is timed. Where one piece is too short for a clock, `work` may do `pieces` of them; it may return
// a promise. Or, for work in which another page has a part, { exchange() }, which resolves with the value.

/** A contender that needs more time than this is given fewer rounds, but never fewer than five. */
const LONGEST_MS = 1500;
const FEWEST_ROUNDS = 5;
const WARM_UP_ROUNDS = 6;
/** Most of an exchange is waiting, so the same time warms less up. */
const WARM_UP_EXCHANGES = 1500;

/** Nanoseconds per piece of work of each contender, by name, one figure for each round. */
export async function measure(contenders, { rounds, roundMs }) {
  const timers = Object.entries(contenders).map(([name, contender]) => [name, timerOf(contender)]);
  await agree(timers);
  const runs = [];
  for (const [name, timer] of timers) runs.push(await warmUp(name, timer, roundMs));
  for (let round = 0; round < rounds; round++) {
    for (const run of runs) await takeTurn(run);
  }
  return Object.fromEntries(runs.map(({ name, samples }) => [name, samples]));
}

/** Same work, same values: contenders that do not read back the same are not comparable. */
async function agree(timers) {
  for (let call = 1; call <= 3; call++) {
    const values = [];
    for (const [, timer] of timers) values.push(await timer.once());
    if (values.every((value) => Object.is(value, values[0]))) continue;
    const read = timers.map(([name], i) => `${name} ${values[i]}`).join(', ');
    throw new Error(`The contenders differ in what they have read after call ${call}: ${read}.`);
  }
}

/** Works until the compilers have settled, and finds out how many calls fill a round. */
async function warmUp(name, timer, roundMs) {
  let calls = 1;
  let ms = await timer.time(calls);
  let [total, done] = [ms, calls];
  while (total < roundMs * WARM_UP_ROUNDS || done < timer.leastWarmUp) {
    if (ms < roundMs / 2) calls *= 2;
    ms = await timer.time(calls);
    [total, done] = [total + ms, done + calls];
  }
  return {
    name,
    timer,
    calls: Math.max(1, Math.round((calls * roundMs) / ms)),
    samples: [],
    ms: 0,
  };
}

async function takeTurn(run) {
  if (run.ms > LONGEST_MS && run.samples.length >= FEWEST_ROUNDS) return;
  await settle();
  const ms = await run.timer.time(run.calls);
  run.ms += ms;
  run.samples.push((ms * 1e6) / (run.calls * run.timer.pieces));
}

/** Finalizers run in a task of their own. */
async function settle() {
  await new Promise((resolve) => setTimeout(resolve));
}

/** `once()` does one piece of work and gives its value, `time(calls)` the milliseconds of many; or promises. */
function timerOf(contender) {
  if (typeof contender === 'function') return repeated(contender);
  return 'exchange' in contender ? exchanged(contender) : prepared(contender);
}

function repeated(work) {
  return {
    pieces: 1,
    once: work,
    leastWarmUp: 0,
    time(calls) {
      const start = performance.now();
      for (let i = 0; i < calls; i++) work();
      return performance.now() - start;
    },
  };
}

function exchanged({ exchange }) {
  return {
    pieces: 1,
    once: exchange,
    leastWarmUp: WARM_UP_EXCHANGES,
    async time(calls) {
      const start = performance.now();
      for (let i = 0; i < calls; i++) await exchange();
      return performance.now() - start;
    },
  };
}

function prepared({ pieces = 1, prepare, work, discard }) {
  const timed = async () => {
    const fresh = prepare();
    const start = performance.now();
    const value = await work(fresh);
    const ms = performance.now() - start;
    discard(fresh);
    return { value, ms };
  };
  return {
    pieces,
    once: async () => (await timed()).value,
    leastWarmUp: 0,
    // Nobody pays for another one's garbage.
    async time(calls) {
      globalThis.gc?.();
      let ms = 0;
      for (let i = 0; i < calls; i++) ms += (await timed()).ms;
      return ms;
    },
  };
}
