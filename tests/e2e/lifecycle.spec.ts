import { addItem, marked, switchTenant } from './actions.js';
import type { DemoTab } from './demo-tab.js';
import { expect, test } from './fixtures.js';

/** With all settled, and the keeper's lock given back. */
async function inspectAtRest(tab: DemoTab) {
  const log = async () => (await tab.inspect()).log;
  await expect.poll(log).toMatchObject({ tentative: 0, joining: false, keeper: false });
  return tab.inspect();
}

for (const name of ['cart', 'profile'] as const) {
  test(`mounting and unmounting ${name} 100 times leaves nothing behind`, async ({ openTab }) => {
    const tab = await openTab();
    await tab.cycleRemote(name, 1); // what is loaded or injected once is there from here on
    const before = await inspectAtRest(tab);
    const teardowns = await tab.page.evaluateHandle((key) => {
      const seen = { whilePresent: 0, whileAbsent: 0 };
      isthmusDemo.observe(({ type }, keysBefore) => {
        if (type !== `${key}/teardown`) return;
        if (keysBefore.includes(key)) seen.whilePresent += 1;
        else seen.whileAbsent += 1;
      });
      return seen;
    }, name);
    await tab.cycleRemote(name, 100);
    expect(await inspectAtRest(tab)).toEqual(before);
    expect(await teardowns.jsonValue()).toEqual({ whilePresent: 100, whileAbsent: 0 });
  });
}

test('an unmounted remote takes its slice along, and mounted again it shows what the other tab has', async ({
  openTab,
}) => {
  const [a, b] = [await openTab(), await openTab()];
  await a.click('add-tea');
  await expect(a.get('qty-tea')).toHaveText('1');
  await a.click('toggle-cart');
  await expect.poll(() => a.read('cart')).toBeUndefined();
  await expect(a.get('slot-cart')).toBeEmpty();
  await b.click('add-tea');
  await b.click('add-mug');
  await a.click('toggle-cart');
  await expect(a.get('qty-tea')).toHaveText('2');
  await expect(a.get('qty-mug')).toHaveText('1');
  expect(await a.read('cart')).toEqual(await b.read('cart'));
});

test('messages that arrive while a remote unmounts do no harm', async ({ openTab }) => {
  const [a, b] = [await openTab(), await openTab()];
  const cycles = b.cycleRemote('cart', 20);
  await a.page.evaluate(async (action) => {
    for (let sent = 0; sent < 200; sent += 1) {
      isthmusDemo.store.dispatch(action);
      await new Promise((resolve) => setTimeout(resolve));
    }
  }, marked(addItem()));
  await cycles;
  await a.dispatch(marked(switchTenant('initech')), marked(addItem()));
  await expect(b.get('tenant')).toHaveText('INITECH');
  await expect(b.get('qty-tea')).toHaveText(/^\d+$/);
  expect(await a.read('cart', 'items', 0, 'qty')).toBe(201);
  const { accepted, dropped } = await b.counters();
  expect(accepted + Object.values(dropped).reduce((sum, count) => sum + (count ?? 0), 0)).toBe(202);
});
