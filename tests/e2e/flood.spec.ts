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
/** Tracing takes longer than the flood, so some messages after it stand for all. */
const TRACED = 4_000;
const TRACES = 3;

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
class Flood {
  sent = 0;

  constructor(
    readonly from: ChannelObserver,
    readonly to: DemoTab,
  ) {}

  /** Resolves when the other tab has received them. */
  async send(count: number): Promise<void> {
    const evil = { sender: 'evil' };
    const bad = [
      envelope(addItem({ ...tea, qty: -1 }), evil),
      envelope({ type: 'auth/login', payload: { token: 'stolen' } }, evil),
      envelope(addItem(), { ...evil, clock: -1 }),
      envelope(addItem({ ...tea, name: 'x'.repeat(10_000) }), evil),
    ];
    await this.from.page.evaluate(
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
      {
        start: this.sent,
        end: this.sent + count,
        every: GOOD_EVERY,
        good: envelope(addItem()),
        others: bad,
      },
    );
    this.sent += count;
    await allReceived(this.to, this.sent);
  }
}

async function allReceived(tab: DemoTab, count: number): Promise<void> {
  const received = async () => {
    const { accepted, limited, dropped } = await tab.counters();
    return Object.values(dropped).reduce((sum, number) => sum + number, accepted + limited);
  };
  await expect.poll(received, { timeout: PATIENCE / 2 }).toBe(count);
}

/** Those over 50 ms while some more of the flood is handled and, at the end, the page is busy for a second. */
async function longTasks(flood: Flood): Promise<number[]> {
  const { page } = flood.to;
  for (let i = 0; i < TRACES; i++) {
    const trace = await TaskTrace.start(page);
    await flood.send(TRACED);
    await page.evaluate(keepBusy, 1_000);
    const found = await trace.stop(50);
    if (found !== undefined) return found;
  }
  throw new Error(`None of ${TRACES} traces was whole: the browser has lost events of each.`);
}

test(`a flood of ${MESSAGES} hostile messages from another tab: every good one is applied in order, no task is long, memory stays bounded`, async ({
  openTab,
  observer,
}) => {
  test.setTimeout(PATIENCE);
  const tab = await openTab({ initScript: keepWasmMemories });
  await tab.page.evaluate(notePrices);
  const flood = new Flood(observer, tab);
  await flood.send(MESSAGES / 5);
  const before = await memoryOf(tab.page);
  expect(before.wasm).toBeGreaterThan(MB);
  await flood.send(MESSAGES);

  // The one long task is ours, which shows that a longer one of the flood would have been found.
  expect(await longTasks(flood)).toHaveLength(1);

  const after = await memoryOf(tab.page);
  // The log remembers strangers for 4,096 entries, however many there were.
  expect(after.wasm - before.wasm).toBeLessThan(8 * MB);
  expect(after.heap - before.heap).toBeLessThan(MB);

  const goods = flood.sent / GOOD_EVERY;
  const prices = await tab.page.evaluate(() => globalThis.prices);
  expect(prices).toEqual(Array.from({ length: goods }, (_, i) => i * GOOD_EVERY));
  expect((await tab.counters()).accepted).toBe(goods);
  expect(await tab.read('cart', 'items')).toEqual([{ ...tea, price: 0, qty: goods }]);
});
