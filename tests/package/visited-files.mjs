// Which source files a call visits: V8 counts the functions that run, the source map says where they are
// from. `node tests/package/visited-files.mjs` prints them as JSON, by trip.

import { readdirSync, readFileSync } from 'node:fs';
import { Session } from 'node:inspector/promises';
import { SourceMap } from 'node:module';
import { createIsolatedStore, crossApp, defineSlice, loadEngine } from '../../dist/index.js';
import { inc, payload } from '../../dist/program.js';

const isPart = /^(index|program|(chunk|crossing|port)-\w+)\.js$/;
const parts = readdirSync(new URL('../../dist/', import.meta.url)).filter((name) =>
  isPart.test(name),
);
const bundles = new Map(parts.map(readBundle));

/** By its address, which source stands where. */
function readBundle(name) {
  const url = new URL(`../../dist/${name}`, import.meta.url);
  const lines = readFileSync(url, 'utf8').split('\n');
  const map = new SourceMap(JSON.parse(readFileSync(new URL(`${url}.map`), 'utf8')));
  const starts = lines.reduce((sums, line) => [...sums, sums.at(-1) + line.length + 1], [0]);
  /** Undefined for what the bundler has added. */
  const sourceAt = (offset) => {
    const line = starts.findLastIndex((start) => start <= offset);
    const source = map.findEntry(line, offset - starts[line]).originalSource;
    return source?.replace(/^(\.\.\/)+/, '');
  };
  return [url.href, sourceAt];
}

const session = new Session();
session.connect();
await session.post('Profiler.enable');
await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: false });

/** Once all that earlier calls have put off is done. */
async function visitedBy(call) {
  await new Promise(setImmediate);
  await session.post('Profiler.takePreciseCoverage');
  call();
  const { result } = await session.post('Profiler.takePreciseCoverage');
  const files = result.flatMap(({ url, functions }) =>
    functions
      .filter(({ ranges }) => ranges[0].count > 0)
      .map(({ ranges }) => bundles.get(url)?.(ranges[0].startOffset)),
  );
  return [...new Set(files)].filter((file) => file?.startsWith('web/')).sort();
}

/** A channel whose messages the trips below post and deliver themselves. */
let posted;
let deliver;
const transport = () => ({
  post: (message) => void (posted = message),
  onMessage: (listener) => void (deliver = listener),
  close: () => undefined,
});

await loadEngine();
const cart = (name) =>
  defineSlice({
    name,
    initialState: { count: 0 },
    reducers: { add: [inc('/count', payload())] },
    contract: { [`${name}/add`]: { payload: { type: 'integer' } } },
  });
const slice = cart('cart');
const open = (name, channel) => {
  const store = createIsolatedStore({ name, slices: [slice], bridge: { transport, channel } });
  store.watch(['cart', 'count'], () => undefined);
  store.subscribe(() => undefined);
  return store;
};
const sender = open('sender', 'a');
open('receiver', 'b');
const add = slice.actions.add(1);
const message = () => {
  sender.dispatch(crossApp(add));
  return structuredClone(posted);
};

// The first of each kind does what later ones need not.
sender.dispatch(add);
deliver(message());
cart('first');
const arriving = message();

const trips = {
  dispatch: await visitedBy(() => sender.dispatch(add)),
  inbound: await visitedBy(() => deliver(arriving)),
  define: await visitedBy(() => cart('other')),
};
console.log(JSON.stringify(trips, null, 2));
process.exit();
