import { addItem, tea } from './actions.js';
import { envelope } from './channel-observer.js';
import { expect, test } from './fixtures.js';

const COUNT = 100_000;
const GOOD_EVERY = 200;

test('a flood of hostile messages from another tab keeps no good one back', async ({
  openTab,
  observer,
}) => {
  test.setTimeout(120_000);
  const tab = await openTab();
  const evil = { sender: 'evil' };
  const bad = [
    envelope(addItem({ ...tea, qty: -1 }), evil),
    envelope({ type: 'auth/login', payload: { token: 'stolen' } }, evil),
    envelope(addItem(), { ...evil, clock: Date.now() * 2 }),
    envelope(addItem({ ...tea, name: 'x'.repeat(10_000) }), evil),
  ];
  await observer.page.evaluate(
    ({ count, every, good, others }) => {
      for (let i = 0; i < count; i++) {
        const isGood = i % every === 0;
        const message = isGood ? good : others[i % others.length];
        observed.channel.postMessage({ ...message, seq: 1 + (isGood ? i / every : i) });
      }
    },
    { count: COUNT, every: GOOD_EVERY, good: envelope(addItem()), others: bad },
  );
  const received = async () => {
    const { accepted, limited, dropped } = await tab.counters();
    return Object.values(dropped).reduce((sum, count) => sum + count, accepted + limited);
  };
  await expect.poll(received, { timeout: 100_000 }).toBe(COUNT);
  const { accepted, limited } = await tab.counters();
  expect(accepted).toBe(COUNT / GOOD_EVERY);
  expect(await tab.read('cart', 'items')).toEqual([{ ...tea, qty: COUNT / GOOD_EVERY }]);
  expect(limited).toBeGreaterThan(COUNT / 2);
});
