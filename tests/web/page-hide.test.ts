// @vitest-environment jsdom
import { createIsolatedStore, joinSharedStore, loadEngine } from 'isthmus';
import { beforeEach, expect, it, vi } from 'vitest';
import { addEverywhere, log } from './tabs.js';

await loadEngine();

const close = vi.spyOn(BroadcastChannel.prototype, 'close');
const post = vi.spyOn(BroadcastChannel.prototype, 'postMessage');
beforeEach(() => vi.clearAllMocks());
const hide = () => window.dispatchEvent(new Event('pagehide'));
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
  expect(post).toHaveBeenCalledOnce();
  expect(isolated.read(['log'])).toEqual(['x', 'hidden']);

  show();
  show();
  store.dispatch(addEverywhere('y'));
  expect(post).toHaveBeenCalledTimes(2);
  isolated.dispose();
  expect(close).toHaveBeenCalledOnce();
  hide();
  expect(close).toHaveBeenCalledTimes(2);
});
