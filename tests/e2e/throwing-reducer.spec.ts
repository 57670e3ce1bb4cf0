import { marked, switchTenant } from './actions.js';
import type { DemoTab } from './demo-tab.js';
import { expect, test } from './fixtures.js';

/** Gives the tab one more app, whose reducer throws on a switch of the tenant. */
function addFaultyApp({ page }: DemoTab): Promise<void> {
  return page.evaluate(() => {
    isthmusDemo.store.registerReducer('faulty', (state = { fine: true }, action) => {
      if (action.type === 'tenant/switch') throw new RangeError('faulty app');
      return state;
    });
  });
}

test('a reducer that throws in one app changes no slice, and nothing crosses', async ({
  openTab,
  observer,
}) => {
  const [a, b] = [await openTab(), await openTab()];
  await addFaultyApp(a);
  const before = await a.state();
  await expect(a.dispatch(marked(switchTenant('initech')))).rejects.toThrow('faulty app');
  expect(await a.state()).toBe(before);
  await a.click('add-tea');
  await expect(b.get('qty-tea')).toHaveText('1');
  expect(await observer.types()).toEqual(['cart/addItem']);
});

test('an arriving action that a reducer refuses is counted, and changes only what converges', async ({
  openTab,
}) => {
  const [a, b] = [await openTab(), await openTab()];
  await addFaultyApp(b);
  await a.click('switch-tenant');
  await expect.poll(async () => (await b.counters()).dropped).toEqual({ reducer: 1 });
  await expect(b.get('tenant')).toHaveText('Globex');
  expect(await b.read('faulty')).toEqual({ fine: true });
  await a.click('add-tea');
  await expect(b.get('qty-tea')).toHaveText('1');
});
