import { addItem, tea } from './actions.js';
import { envelope, type ChannelObserver } from './channel-observer.js';
import type { DemoTab } from './demo-tab.js';
import { expect, test } from './fixtures.js';
import { keepBusy, keepWasmMemories, memoryOf } from './page-load.js';
import { TaskTrace } from './task-trace.js';

/** A multiple of 1,000. */
const MESSAGES = Number(process.env['ISTHMUS_MESSAGES'] ?? 20_000);
/** In milliseconds; only for what never comes. */
const PATIENCE = 180_000 + MESSAGES * 3;
const GOOD_EVERY = 200;
const MB = 2 ** 20;

declare global {
  var prices: number[];
}

/** Notes the prices of the good messages, which tell their order. */
function notePrices() {
  globalThis.prices = [];
  isthmusDemo.observe((action) => {
    if (action.type !== 'cart/addItem') return;
    prices.push((action as unknown as { payload: { price: number } }).payload.price);
  });
}

/** Posts so many messages, all hostile but every 200th; every eighth names a sender of its own. */
async function flood({ page }: ChannelObserver, from: number, count: number): Promise<void> {
  const evil = { sender: 'evil' };
  const bad = [
    envelope(addItem({ ...tea, qty: -1 }), evil),
    envelope({ type: 'auth/login', payload: { token: 'stolen' } }, evil),
    envelope(addItem(), { ...evil, clock: Date.now() * 2 }),
    envelope(addItem({ ...tea, name: 'x'.repeat(10_000) }), evil),
  ];
  await page.evaluate(
    ({ start, end, every, good, others }) => {
      const { postMessage } = BroadcastChannel.prototype;
      const post = (message: unknown) => postMessage.call(observed.channel, message);
      for (let i = start; i < end; i++) {
        const { payload } = good.action as { payload: object };
        const action = { ...good.action, payload: { ...payload, price: i } };
        if (i % every === 0) post({ ...good, seq: 1 + i / every, action });
        else
          post({ ...others[i % others.length], seq: i, ...(i % 8 === 1 && { sender: `e${i}` }) });
      }
    },
    { start: from, end: from + count, every: GOOD_EVERY, good: envelope(addItem()), others: bad },
  );
}

async function allReceived(tab: DemoTab, count: number): Promise<void> {
  const received = async () => {
    const { accepted, limited, dropped } = await tab.counters();
    return Object.values(dropped).reduce((sum, number) => sum + number, accepted + limited);
  };
  await expect.poll(received, { timeout: PATIENCE / 2 }).toBe(count);
}

test(`a flood of ${MESSAGES} hostile messages from another tab: every good one is applied in order, no task is long, memory stays flat`, async ({
  openTab,
  observer,
}) => {
  test.setTimeout(PATIENCE);
  const tab = await openTab({ initScript: keepWasmMemories });
  await tab.page.evaluate(notePrices);
  const [warmUp, count, traced] = [MESSAGES / 5, MESSAGES, MESSAGES / 5];
  await flood(observer, 0, warmUp);
  await allReceived(tab, warmUp);
  const before = await memoryOf(tab.page);
  expect(before.wasm).toBeGreaterThan(MB);
  await flood(observer, warmUp, count - traced);
  await allReceived(tab, warmUp + count - traced);

  // Tracing takes longer than the flood, so the last fifth stands for it.
  const trace = await TaskTrace.start(tab.page);
  await flood(observer, warmUp + count - traced, traced);
  await allReceived(tab, warmUp + count);

  // The one long task is ours, which shows that a longer one of the flood would have been found.
  await tab.page.evaluate(keepBusy, 200);
  expect(await trace.stop(50)).toHaveLength(1);

  const after = await memoryOf(tab.page);
  expect(after.wasm).toBe(before.wasm);
  expect(after.heap - before.heap).toBeLessThan(MB);

  const goods = (warmUp + count) / GOOD_EVERY;
  const prices = await tab.page.evaluate(() => globalThis.prices);
  expect(prices).toEqual(Array.from({ length: goods }, (_, i) => i * GOOD_EVERY));
  expect((await tab.counters()).accepted).toBe(goods);
  expect(await tab.read('cart', 'items')).toEqual([{ ...tea, price: 0, qty: goods }]);
});
