import { addItem, marked, switchTenant } from './actions.js';
import { expect, test } from './fixtures.js';

test('a login in one tab signs the other tab in, with a token of its own', async ({ openTab }) => {
  const [a, b] = [await openTab(), await openTab()];
  await a.click('login');
  await expect(b.get('user')).toHaveText('Ada Lovelace');
  await expect(b.get('cart-token')).toHaveText(/^tok_ada_/);
  await expect(b.get('profile-token')).toHaveText(/^tok_ada_/);
  expect(await b.read('session', 'token')).not.toBe(await a.read('session', 'token'));
});

test('a logout in one tab signs the other out and empties its cart', async ({ openTab }) => {
  const [a, b] = [await openTab(), await openTab()];
  await a.click('login');
  await a.click('add-tea');
  await expect(b.get('qty-tea')).toHaveText('1');
  await b.click('logout');
  await expect(a.get('login')).toBeVisible();
  expect(await a.read('auth')).toEqual({ user: null });
  expect(await a.read('session')).toEqual({ userId: null, token: null });
  expect(await a.read('cart', 'items')).toEqual([]);
});

test('an unmarked action of a slice that does not converge stays in its tab', async ({
  openTab,
  observer,
}) => {
  const [a, b] = [await openTab(), await openTab()];
  const own = { userId: 'ada', token: 'of this tab' };
  const received = { type: 'session/tokenReceived', payload: own };
  await a.dispatch(received);
  await a.click('switch-tenant');
  await expect(b.get('tenant')).toHaveText('Globex');
  expect(await a.read('session')).toEqual(own);
  expect(await b.read('session')).toEqual({ userId: null, token: null });
  expect(await observer.types()).toEqual(['tenant/switch']);
});

test('with both remotes mounted an action is applied exactly once in each tab', async ({
  openTab,
}) => {
  const [a, b] = [await openTab(), await openTab()];
  const seen = [await a.countActions('cart/addItem'), await b.countActions('cart/addItem')];
  await a.click('add-tea');
  await a.dispatch(marked(switchTenant('initech')));
  await expect(b.get('tenant')).toHaveText('INITECH');
  for (const tab of [a, b]) expect(await tab.read('cart', 'items', 0, 'qty')).toBe(1);
  expect(await Promise.all(seen.map((count) => count()))).toEqual([1, 1]);
});

test('an RTK slice that converges is the same in the other tab', async ({ openTab }) => {
  const [a, b] = [await openTab(), await openTab()];
  await a.click('theme-dark');
  await expect(b.get('theme-dark')).toBeChecked();
  await expect(b.page.locator(':root')).toHaveAttribute('data-theme', 'dark');
});

test('each action that crosses is one message, nothing echoes and no token leaves', async ({
  openTab,
  observer,
}) => {
  const [a, b] = [await openTab(), await openTab()];
  await a.click('login');
  await expect(b.get('cart-token')).toBeVisible();
  await b.dispatch(marked(addItem()), marked(addItem()));
  await expect(a.get('qty-tea')).toHaveText('2');
  // Whatever a tab had to say about the messages above comes before these, in its own order.
  await a.dispatch(marked(switchTenant('initech')));
  await expect(b.get('tenant')).toHaveText('INITECH');
  await b.dispatch(marked(switchTenant('acme')));
  await expect(a.get('tenant')).toHaveText('ACME');
  await a.page.waitForTimeout(300); // an echo sent later still can only be waited for

  const messages = await observer.messages();
  expect(messages.map(({ action }) => action.type)).toEqual([
    'auth/login',
    'cart/addItem',
    'cart/addItem',
    'tenant/switch',
    'tenant/switch',
  ]);
  expect(messages[0]?.action.payload).toEqual({ user: { id: 'ada', name: 'Ada Lovelace' } });
  expect(JSON.stringify(messages)).not.toContain('tok_');
});

test('the panel shows what crossed, in both directions', async ({ openTab }) => {
  const [a, b] = [await openTab(), await openTab()];
  await a.click('add-tea');
  await expect(b.get('crossing')).toHaveText([/^in\s*cart\/addItem/]);
  await expect(a.get('crossing')).toHaveText([/^out\s*cart\/addItem/]);
  await expect(b.get('crossed')).toContainText('0 sent, 1 accepted');
});
