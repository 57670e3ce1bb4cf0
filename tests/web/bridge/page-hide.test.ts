// @vitest-environment jsdom
import { createIsolatedStore, joinSharedStore, loadEngine, type Drop } from 'isthmus';
import { beforeEach, expect, it, vi } from 'vitest';
import { addEverywhere, log } from './tabs.js';

await loadEngine();

const close = vi.spyOn(BroadcastChannel.prototype, 'close');
const post = vi.spyOn(BroadcastChannel.prototype, 'postMessage');
beforeEach(() => vi.clearAllMocks());
const hide = (persisted = true) =>
  window.dispatchEvent(new PageTransitionEvent('pagehide', { persisted }));
const show = () => window.dispatchEvent(new Event('pageshow'));

it('the channel closes with the last store on it', () => {
  const bridge = { channel: 'own' };
  const [a, b] = ['a', 'b'].map((name) => createIsolatedStore({ name, slices: [log], bridge }));
  a!.dispose();
  expect(close).not.toHaveBeenCalled();
  b!.dispose();
  expect(close).toHaveBeenCalledOnce();
  show();
  hide();
  expect(close).toHaveBeenCalledOnce();
});

it('the stores of a page share one BroadcastChannel, closed while the page is hidden', () => {
  const { store } = joinSharedStore({ app: 'host', slices: [log] });
  const isolated = createIsolatedStore({ name: 'checkout', slices: [log] });
  expect([store, isolated].map((it) => it.inspect().channels)).toEqual([['isthmus'], ['isthmus']]);

  store.dispatch(addEverywhere('x'));
  expect([post.mock.calls.length, close.mock.calls.length]).toEqual([1, 0]);
  hide();
  hide();
  expect(close).toHaveBeenCalledOnce();
  store.dispatch(addEverywhere('hidden'));
  expect([post.mock.calls.length, close.mock.calls.length]).toEqual([2, 2]);
  expect(isolated.read(['log'])).toEqual(['x', 'hidden']);

  show();
  show();
  store.dispatch(addEverywhere('y'));
  expect(post).toHaveBeenCalledTimes(3);
  isolated.dispose();
  expect(close).toHaveBeenCalledTimes(2);
  hide();
  expect(close).toHaveBeenCalledTimes(3);
});

it('a page that goes for good posts on the channel it has until the end', () => {
  const store = createIsolatedStore({ name: 'going', slices: [log], bridge: { channel: 'going' } });
  hide(false);
  store.dispatch(addEverywhere('last words'));
  expect([post.mock.calls.length, close.mock.calls.length]).toEqual([1, 0]);
  expect(store.bridge.counters()).toMatchObject({ sent: 1, refused: {} });
  store.dispose();
});

it('what the channel does not take is not counted as sent, and told', () => {
  const drops: Drop[] = [];
  const bridge = { channel: 'broken', onDrop: (drop: Drop) => drops.push(drop) };
  const store = createIsolatedStore({ name: 'broken', slices: [log], bridge });
  const report = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  post.mockImplementationOnce(() => {
    throw new Error('closed');
  });
  store.dispatch(addEverywhere('lost'));
  store.dispatch(addEverywhere('posted'));
  expect(store.bridge.counters()).toMatchObject({ sent: 1, refused: { off: 1 } });
  expect(drops).toMatchObject([{ direction: 'out', reason: 'off', type: 'log/add' }]);
  expect(post.mock.lastCall?.[0]).toMatchObject({ seq: 2 });
  store.dispose();
  report.mockRestore();
});
