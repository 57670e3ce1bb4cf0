import { marked, switchTenant } from './actions.js';
import { expect, test } from './fixtures.js';

test('with the bridge off local state still works and nothing crosses either way', async ({
  openTab,
  observer,
}) => {
  // Storage is another way between tabs: one that is ahead is taken.
  const initScript = () => void (Storage.prototype.setItem = () => undefined);
  const [a, b] = [await openTab({ initScript }), await openTab({ initScript })];
  await a.click('bridge');
  await a.click('add-tea');
  await expect(a.get('qty-tea')).toHaveText('1');
  await b.dispatch(marked(switchTenant('initech')));
  await expect.poll(async () => (await a.counters()).dropped.off).toBe(1);
  expect(await a.read('tenant', 'id')).toBe('acme');
  expect(await b.read('cart', 'items')).toEqual([]);
  expect(await observer.types()).toEqual(['tenant/switch']);
});

test('switched on again the bridge brings both tabs what the other one did meanwhile', async ({
  openTab,
}) => {
  const [a, b] = [await openTab(), await openTab()];
  await a.click('bridge');
  await a.click('add-tea');
  await b.click('add-tea');
  await b.click('switch-tenant');
  await a.click('bridge');
  await a.click('add-mug');
  for (const tab of [a, b]) {
    await expect(tab.get('qty-mug')).toHaveText('1');
    await expect(tab.get('qty-tea')).toHaveText('2');
    await expect(tab.get('tenant')).toHaveText('Globex');
  }
});
