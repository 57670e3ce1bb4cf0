// What the project has promised itself, row by row, and whether a run has met it.

/** `contender` takes at least `times` what Isthmus takes. */
function fasterThan(times, contender) {
  const text = `at least ${times} times as fast as ${contender}`;
  return ({ ratios }) => judged(text, ratios[contender], ratios[contender] >= times, 'x');
}

/** Isthmus takes at most `times` what `contender` takes. */
function atMostOf(times, contender, text) {
  return ({ ratios }) => judged(text, 1 / ratios[contender], 1 / ratios[contender] <= times, 'x');
}

const noSlowerThan = (contender) => atMostOf(1, contender, `no slower than ${contender}`);

const ofJsSlices = (times) => [
  within(times, 'isthmus', 'redux'),
  within(times, 'isthmus own store', 'redux'),
];

/** A slice of Redux Toolkit that the engine holds takes at most a part of what it takes there. */
function draftFasterThan(times) {
  return ({ medians }) => {
    const ratio = medians.rtk / medians.draft;
    return judged(`draft at least ${times} times as fast as rtk`, ratio, ratio >= times, 'x');
  };
}

/** `contender` takes at most `times` what it takes in the row of the same runtime that is named here. */
function atMostTimes(times, otherCase, otherSize, contender = 'isthmus') {
  return (row, rows) => {
    const other = rows.find(({ id }) => id === `${row.runtime}/${otherCase}/${otherSize}`);
    if (other === undefined) return undefined;
    const ratio = row.medians[contender] / other.medians[contender];
    const whose = contender === 'isthmus' ? '' : `${contender}: `;
    const text = `${whose}at most ${times} times its own time at ${otherSize}`;
    return judged(text, ratio, ratio <= times, 'x');
  };
}

/** One contender takes at most `times` what another one takes. */
function within(times, contender, other) {
  const text = `${contender} within ${times} times ${other}`;
  return ({ medians }) => {
    const ratio = medians[contender] / medians[other];
    return judged(text, ratio, ratio <= times, 'x');
  };
}

const selectorsNoSlower = [
  within(1, 'isthmus selector', 'react-redux'),
  within(1, 'isthmus selector, js slice', 'react-redux'),
];

function atMost(limit, contender, unit, text) {
  return ({ medians }) => judged(text, medians[contender], medians[contender] <= limit, unit);
}

function judged(text, measured, met, unit) {
  return { text: `${text} (${Number(measured.toPrecision(3))}${unit})`, met };
}

const OF_SLICES = ['isthmus', 'isthmus, js slice'];
const beside = (times, other) =>
  OF_SLICES.map((contender) => within(times, contender, contender.replace('isthmus', other)));

/** Of those that join a late tab, where any task may keep a page from its frames. */
const joinsIn = (total, task) => [
  ...['isthmus', 'first one'].map((one) => atMost(total, one, ' ms', `${one} in ${total} ms`)),
  ...['its longest task', "first one's longest task"].map((one) =>
    atMost(task, one, ' ms', `${one} at most ${task} ms`),
  ),
];

const flatMemory = [
  atMost(0.6, 'isthmus', ' MB', 'wasm memory grows by two steps of the allocator at most'),
  atMost(1, 'isthmus heap', ' MB', 'at most 1 MB growth of the JavaScript heap'),
];

const boundedAtRest = [
  atMost(1024, 'isthmus', '', 'at most 1,024 entries kept'),
  atMost(0, 'timers', '', 'no timer at rest'),
  atMost(0, 'messages', '', 'no message in an hour'),
];

const targets = [
  { name: 'counter', size: 1, checks: [noSlowerThan('redux'), within(1.5, 'draft', 'rtk')] },
  { name: 'counter', size: 10, checks: [atMostTimes(1.15, 'counter', 1)] },
  { name: 'counter', size: 100, checks: [atMostTimes(1.15, 'counter', 1)] },
  { name: 'js-slices', size: 1, checks: ofJsSlices(1.15) },
  { name: 'js-slices', size: 20, checks: ofJsSlices(1) },
  { name: 'js-slices', size: 100, checks: ofJsSlices(0.95) },
  { name: 'upsert', size: 10, checks: [fasterThan(10, 'rtk'), noSlowerThan('redux')] },
  { name: 'upsert', size: 1000, checks: [fasterThan(100, 'rtk')] },
  { name: 'update-one', size: 1000, checks: [fasterThan(100, 'rtk'), draftFasterThan(100)] },
  { name: 'update-one', size: 10_000, checks: [fasterThan(1500, 'rtk'), draftFasterThan(1000)] },
  {
    name: 'update-one',
    size: 100_000,
    checks: [
      fasterThan(20_000, 'rtk'),
      atMostTimes(3, 'update-one', 1000),
      draftFasterThan(10_000),
    ],
  },
  { name: 'load', size: 100_000, checks: [atMostOf(2, 'rtk', "at most twice rtk's time")] },
  { name: 'second-pass', size: 100_000, checks: [noSlowerThan('redux')] },
  { name: 'watchers', size: 10_000, checks: [fasterThan(20, 'redux')] },
  { name: 'watchers', size: 100_000, checks: [atMostTimes(12, 'watchers', 10_000)] },
  {
    name: 'watchers-per-key',
    size: 100_000,
    checks: [atMostTimes(1.25, 'watchers-per-key', 10_000)],
  },
  {
    name: 'subscribers',
    size: 100_000,
    checks: ['isthmus', 'isthmus subscribe'].map((contender) =>
      atMostTimes(20, 'subscribers', 10_000, contender),
    ),
  },
  {
    name: 'components',
    size: 100,
    checks: [within(1.2, 'isthmus', 'floor'), ...selectorsNoSlower],
  },
  { name: 'components', size: 10, checks: [fasterThan(10, 'react-redux'), ...selectorsNoSlower] },
  { name: 'components', size: 1, checks: [fasterThan(10, 'react-redux'), ...selectorsNoSlower] },
  {
    name: 'unread-slice',
    size: 10_000,
    checks: ['isthmus selector', 'isthmus selector, js slice'].map((contender) =>
      atMostTimes(1.2, 'unread-slice', 0, contender),
    ),
  },
  { name: 'inbound', size: 100, checks: [fasterThan(3, 'zod + rtk')] },
  { name: 'inbound', size: 9000, checks: [noSlowerThan('zod + rtk')] },
  {
    name: 'round-trip',
    size: 1,
    checks: [atMostOf(1.25, 'bare channel', 'at most 1.25 times a bare channel')],
  },
  { name: 'converging', size: 1, checks: beside(1.3, 'crossing') },
  { name: 'converging-arrival', size: 1, checks: beside(1.1, 'crossing') },
  ...[
    { size: 1, us: 20 },
    { size: 100, us: 500 },
  ].map(({ size, us }) => ({
    name: 'rewind',
    size,
    checks: [atMost(us * 1000, '10,000 entities', ' ns', `10,000 entities in ${us} µs`)],
  })),
  { name: 'late-join', size: 10_000, checks: joinsIn(60, 50) },
  ...[100_000, 1_000_000].flatMap((size) => [
    { name: 'converging-memory', size, checks: flatMemory },
    { name: 'converging-rest', size, checks: boundedAtRest },
  ]),
  {
    name: 'unchanged-reads',
    size: 1_000_000,
    checks: ['isthmus', 'isthmus watched', 'isthmus getState'].map((contender) =>
      atMost(0.1, contender, ' B', `${contender} allocates nothing`),
    ),
  },
  {
    name: 'same-reference',
    size: 1_000_000,
    checks: [atMost(0, 'isthmus', '', 'never another reference')],
  },
  {
    name: 'many-dispatches',
    size: 1_000_000,
    checks: [
      atMost(0, 'isthmus', ' MB', 'no growth of wasm memory'),
      atMost(1, 'isthmus heap', ' MB', 'at most 1 MB growth of the JavaScript heap'),
    ],
  },
  {
    name: 'memory',
    size: 100_000,
    checks: [atMostOf(1.5, 'plain', 'unread at most 1.5 times the plain objects')],
  },
];

/** The rows, with `target` on those for which there is one and that can be judged. */
export function withTargets(rows) {
  return rows.map((row) => {
    if (row.runtime === 'native') return row;
    const found = targets.find(({ name, size }) => name === row.case && size === row.size);
    const verdicts = (found?.checks ?? []).map((check) => check(row, rows)).filter(Boolean);
    if (verdicts.length === 0) return row;
    const text = verdicts.map((verdict) => verdict.text).join('; ');
    return { ...row, target: { text, met: verdicts.every(({ met }) => met) } };
  });
}
