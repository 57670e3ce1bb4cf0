import { createIsolatedStore, loadEngine, type OpenTransport } from 'isthmus';
import { afterEach, expect, it, vi } from 'vitest';
import { addEverywhere, envelope, log } from './tabs.js';

await loadEngine();

// Each tab has a transport of its own, so that each has its own hub and its own channel.
const openChannel = (): OpenTransport => (name) => {
  const channel = new BroadcastChannel(name);
  return {
    post: (message) => channel.postMessage(message),
    onMessage: (listener) => {
      channel.addEventListener('message', ({ data }: MessageEvent<unknown>) => listener(data));
    },
    close: () => channel.close(),
  };
};

const stores: { dispose(): void }[] = [];
function openStore(channel: string) {
  const bridge = { channel, transport: openChannel() };
  const store = createIsolatedStore({ name: 'shared', slices: [log], bridge });
  stores.push(store);
  return store;
}
afterEach(() => stores.splice(0).forEach((store) => store.dispose()));

it('a marked action crosses a real BroadcastChannel, once and only once', async () => {
  const [a, b, c] = [openStore('one'), openStore('one'), openStore('two')];
  const watcher = new BroadcastChannel('one');
  const messages = vi.fn();
  watcher.addEventListener('message', messages);
  a.dispatch(addEverywhere('hello €😀'));
  await vi.waitFor(() => expect(b.read(['log'])).toEqual(['hello €😀']));
  b.dispatch(addEverywhere('answer'));
  await vi.waitFor(() => expect(a.read(['log'])).toEqual(['hello €😀', 'answer']));
  await vi.waitFor(() => expect(messages).toHaveBeenCalledTimes(2));
  expect(b.bridge.counters()).toMatchObject({ sent: 1, accepted: 1, dropped: {} });
  expect(c.bridge.counters()).toMatchObject({ sent: 0, accepted: 0, dropped: {} });
  watcher.close();
});

it('what no JSON can say is dropped after its structured clone', async () => {
  const a = openStore('hostile');
  const stranger = new BroadcastChannel('hostile');
  const cycle: { self?: object } = {};
  cycle.self = cycle;
  for (const payload of [new Map(), new Date(), 1n, /x/, new Uint8Array(9), NaN, cycle]) {
    stranger.postMessage(envelope({ payload }));
  }
  stranger.postMessage(envelope({ payload: 'last' }));
  await vi.waitFor(() => expect(a.read(['log'])).toEqual(['last']));
  expect(a.bridge.counters().dropped).toEqual({ undecodable: 6, 'too-large': 1 });
  stranger.close();
});

it('a store that is disposed of closes its channel', async () => {
  const [a, b] = [openStore('closing'), openStore('closing')];
  b.dispose();
  a.dispatch(addEverywhere('x'));
  await new Promise((later) => setTimeout(later, 20));
  a.dispatch(addEverywhere('y'));
  expect(a.read(['log'])).toEqual(['x', 'y']);
});
