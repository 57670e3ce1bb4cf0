// A page with one shared store, which three remotes join, and two isolated stores on the same channel.
// Its apps make entries in turn; every store writes down all entries of all tabs.

import { createIsolatedStore, joinSharedStore, loadEngine } from 'isthmus';
import { contract, ledger, made } from './ledger.js';

const remotes = {
  one: () => import('one/app'),
  two: () => import('two/app'),
  three: () => import('three/app'),
};
const isolated = ['checkout', 'search'];

export async function open() {
  const start = new BroadcastChannel('start');
  const started = new Promise((resolve) => (start.onmessage = resolve));
  await loadEngine();
  const { store } = joinSharedStore({ app: 'host', contract, slices: [ledger('host')] });
  const apps = await Promise.all(Object.values(remotes).map((load) => load()));
  Object.keys(remotes).forEach((name, i) => apps[i].join(name));
  const own = isolated.map((name) =>
    createIsolatedStore({ name, contract, slices: [ledger(name)] }),
  );
  const stores = [store, ...own];
  const gaps = [];
  for (const { bridge } of stores) bridge.onGap((gap) => gaps.push(gap));
  // Entries are numbered by the store that sends them; the remotes have one together.
  const makers = [
    ...apps.map(({ make }) => ['shared', make]),
    ...own.map((each, i) => [isolated[i], (entry) => each.dispatch(made(entry))]),
  ];
  globalThis.federation = {
    storeIds: () => [store.__mfId, ...apps.map((app) => app.storeId())],
    ledgers: () => stores.flatMap((each) => Object.values(each.getState())),
    counters: () => stores.map(({ bridge }) => bridge.counters()),
    gaps: () => gaps,
    makeEntries: async (tab, count) => {
      await started;
      const hears = () => store.getState().host.some((entry) => !entry.startsWith(tab));
      await makeEntries(makers, tab, count, hears);
    },
  };
}

/**
 * In batches, each in a task of its own, so that messages of other tabs come in between: the second half
 * waits for the first of them, however busy the machine is.
 */
async function makeEntries(makers, tab, count, hears) {
  const numbers = {};
  for (let i = 0; i < count; i++) {
    const [sender, make] = makers[i % makers.length];
    numbers[sender] = (numbers[sender] ?? 0) + 1;
    make(`${tab} ${sender} ${numbers[sender]}`);
    if (i % 20 === 19) await nextTask();
    if (i === count / 2) while (!hears()) await nextTask();
  }
}

function nextTask() {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => (port1.close(), resolve());
    port2.postMessage(undefined);
  });
}
