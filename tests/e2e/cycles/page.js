// A page that mounts and unmounts a remote as often as it is told to. Another tab with the same page
// sends actions to the remote's slice meanwhile.

import { joinSharedStore, loadEngine } from 'isthmus';
import { assertNoLeaks, takeBaseline } from 'isthmus/testing';
import { added, cart } from './cart.js';

/** Milliseconds between two messages: less than a cycle takes. */
const PAUSE = 0.5;

export async function open() {
  await loadEngine();
  const [{ mount }, { store }] = [
    await import('cart/app'),
    joinSharedStore({ app: 'host', contract: cart.contract }),
  ];
  const element = globalThis.document.body;
  let isSending = false;
  globalThis.cycling = {
    run: (times) => run(store, mount, element, times),
    takeBaseline: () => takeBaseline(store),
    assertNoLeaks: (before) => assertNoLeaks(store, before),
    counters: () => store.bridge.counters(),
    state: () => store.getState(),
    async send() {
      isSending = true;
      for (let number = 0; isSending; number += 1) {
        store.dispatch(added(`message ${number}`));
        const next = performance.now() + PAUSE;
        while (performance.now() < next) await nextTask(); // timers wait longer than that
      }
    },
    stop: () => void (isSending = false),
  };
}

/** Resolves with how many times a message reached the remote while it was mounted. */
async function run(store, mount, element, times) {
  let reached = 0;
  for (let time = 0; time < times; time += 1) {
    const unmount = mount(element);
    await nextTask(); // what other tabs have sent comes in
    if (element.textContent === '') throw new Error('The remote has rendered nothing.');
    if (store.read(['cart', 'count']) > 0) reached += 1;
    unmount();
    await new Promise((torn) => setTimeout(torn)); // later than the teardown
    if ('cart' in store.getState()) throw new Error('The slice has not gone.');
  }
  return reached;
}

const { port1, port2 } = new MessageChannel();

function nextTask() {
  return new Promise((resolve) => {
    port1.onmessage = resolve;
    port2.postMessage(undefined);
  });
}
