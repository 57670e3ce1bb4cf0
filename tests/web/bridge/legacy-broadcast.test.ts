// @vitest-environment jsdom
import { joinSharedStore, createIsolatedStore, loadEngine, type OpenTransport } from 'isthmus';
import { afterEach, expect, it, vi } from 'vitest';
import { openHandWritten } from './hand-written-bridge.js';
import { addEverywhere, log } from './tabs.js';

await loadEngine();

const open: OpenTransport = (name) => {
  const channel = new BroadcastChannel(name);
  return {
    post: (message) => channel.postMessage(message),
    onMessage: (listener) => {
      channel.addEventListener('message', ({ data }: MessageEvent<unknown>) => listener(data));
    },
    close: () => channel.close(),
  };
};

const ends: (() => void)[] = [];
afterEach(() => ends.splice(0).forEach((end) => end()));

function openStore(name: string, transport?: OpenTransport) {
  const bridge = { legacyChannel: 'old', ...(transport && { transport }) };
  const store = createIsolatedStore({ name, slices: [log], bridge });
  ends.push(() => store.dispose());
  return store;
}

function openApp() {
  const transport = open('old');
  ends.push(() => transport.close());
  return openHandWritten(transport);
}

it('a hand-written app and the stores of two tabs hear each other, each action once', async () => {
  const app = openApp();
  const stores = [
    openStore('shared'),
    openStore('checkout'),
    openStore('shared', (name) => open(name)),
  ];
  for (const [i, from] of [stores[0]!, app.store, stores[2]!, app.store].entries()) {
    from.dispatch(addEverywhere(`${i}`));
    await vi.waitFor(() => {
      for (const store of stores) expect(store.read(['log'])).toHaveLength(i + 1);
      expect(app.entries()).toHaveLength(i + 1);
    });
  }
  await new Promise((later) => setTimeout(later, 20));
  for (const store of stores) {
    expect(store.read(['log'])).toEqual(['0', '1', '2', '3']);
    expect(store.bridge.counters()).toMatchObject({ dropped: {}, refused: {} });
  }
  expect(app.entries()).toEqual(['0', '1', '2', '3']);
});

it('the legacy channel is closed while the page is hidden, and with the last store', () => {
  const close = vi.spyOn(BroadcastChannel.prototype, 'close');
  const [a, b] = [openStore('a'), openStore('b')];
  window.dispatchEvent(new Event('pagehide'));
  expect(close).toHaveBeenCalledTimes(2);
  window.dispatchEvent(new Event('pageshow'));
  a.dispose();
  expect(close).toHaveBeenCalledTimes(2);
  b.dispose();
  expect(close).toHaveBeenCalledTimes(4);
  close.mockRestore();
});

it('apps that ask for another legacy channel than the first one are reported, by option', () => {
  const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
  joinSharedStore({ app: 'host', bridge: { legacyChannel: 'old' } });
  joinSharedStore({ app: 'cart', bridge: { legacyChannel: { name: 'old' } } });
  expect(warn).not.toHaveBeenCalled();
  joinSharedStore({ app: 'profile', bridge: { legacyChannel: { name: 'old', schemaVersion: 1 } } });
  expect(warn).toHaveBeenCalledExactlyOnceWith(
    expect.stringMatching(/'profile' asks for other bridge options \(legacyChannel\)/),
  );
  warn.mockRestore();
});
