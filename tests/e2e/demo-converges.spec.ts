import type { DemoTab } from './demo-tab.js';
import { expect, test } from './fixtures.js';

/** What all tabs have in common: all but the tokens. */
async function agreed(tab: DemoTab): Promise<unknown> {
  const state = JSON.parse(await tab.state()) as Record<string, unknown>;
  return { ...state, session: 'of each tab' };
}

/** Both tabs show the same, and nothing is left to be settled. */
async function expectAgreement(a: DemoTab, b: DemoTab): Promise<void> {
  for (const tab of [a, b]) {
    await expect.poll(async () => (await tab.inspect()).log?.tentative).toBe(0);
  }
  await expect.poll(() => agreed(b)).toEqual(await agreed(a));
}

/** Clicks in both tabs without waiting for either. */
async function clickInBoth([a, ofA]: [DemoTab, string], [b, ofB]: [DemoTab, string]) {
  const click = (tab: DemoTab, testId: string) =>
    tab.get(testId).evaluate((button: HTMLElement) => button.click());
  await Promise.all([click(a, ofA), click(b, ofB)]);
}

test('a tenant that is switched in both tabs at once is the same in both, round after round', async ({
  openTab,
}) => {
  const [a, b] = [await openTab(), await openTab()];
  await expectAgreement(a, b); // a cart that is loading takes no tea
  for (let round = 0; round < 10; round += 1) {
    await a.get('act-at-once').evaluate((button: HTMLElement) => button.click());
    await expectAgreement(a, b);
    expect(await a.get('tenant').textContent()).toBe(await b.get('tenant').textContent());
  }
  expect(await a.read('cart', 'items', 0, 'qty')).toBe(20);
});

test('what is added to the cart in both tabs at once is there in both', async ({ openTab }) => {
  const [a, b] = [await openTab(), await openTab()];
  await clickInBoth([a, 'add-tea'], [b, 'add-tea']);
  await clickInBoth([a, 'add-mug'], [b, 'add-map']);
  for (const tab of [a, b]) {
    await expect(tab.get('qty-tea')).toHaveText('2');
    await expect(tab.get('qty-mug')).toHaveText('1');
    await expect(tab.get('qty-map')).toHaveText('1');
  }
  await expectAgreement(a, b);
  await clickInBoth([a, 'remove-mug'], [b, 'remove-map']);
  await expect(a.get('line-map')).toHaveCount(0);
  await expect(b.get('line-mug')).toHaveCount(0);
  await b.click('clear-cart');
  await expect(a.get('line-tea')).toHaveCount(0);
  await expectAgreement(a, b);
});

declare global {
  var shown: string[];
}

/** Notes each text that the page ever shows for what all tabs have in common. */
function noteShown() {
  globalThis.shown = [];
  const last = new Map<string, string>();
  new MutationObserver(() => {
    for (const id of ['user', 'tenant', 'qty-tea', 'total']) {
      const text = document.querySelector(`[data-testid="${id}"]`)?.textContent;
      if (typeof text !== 'string' || last.get(id) === text) continue;
      last.set(id, text);
      shown.push(`${id}: ${text}`);
    }
    const name = document.querySelector<HTMLInputElement>('[data-testid="display-name"]')?.value;
    if (name === undefined || last.get('name') === name) return;
    last.set('name', name);
    shown.push(`name: ${name}`);
  }).observe(document, { subtree: true, childList: true, characterData: true });
}

const ofTheFirst = [
  'name: Ada',
  'qty-tea: 2',
  'tenant: Globex',
  'total: 13.00',
  'user: Ada Lovelace',
];

async function fillFirst(a: DemoTab): Promise<void> {
  for (const button of ['login', 'add-tea', 'add-tea', 'switch-tenant', 'theme-dark']) {
    await a.click(button);
  }
  await a.get('display-name').fill('Ada');
}

async function checkShown(tab: DemoTab): Promise<void> {
  await expect(tab.get('user')).toBeVisible();
  await expect(tab.get('qty-tea')).toHaveText('2');
  await expect(tab.page.locator(':root')).toHaveAttribute('data-theme', 'dark');
  expect([...(await tab.page.evaluate(() => shown))].sort()).toEqual(ofTheFirst);
}

test('a tab that is opened late shows the state of the first and never another one', async ({
  openTab,
}) => {
  const a = await openTab();
  await fillFirst(a);
  const b = await openTab({ initScript: noteShown });
  await checkShown(b);
  expect(await agreed(b)).toEqual(await agreed(a));
});

test('a tab that is loaded again while another one is open has the state it had', async ({
  openTab,
}) => {
  const a = await openTab({ initScript: noteShown });
  await fillFirst(a);
  const b = await openTab();
  await expect(b.get('qty-tea')).toHaveText('2');
  await a.page.reload();
  await checkShown(a);
  await expectAgreement(a, b);
});

test('the panel shows two actions at once in one order, what was rewound, and who is there', async ({
  openTab,
}) => {
  const [a, b] = [await openTab(), await openTab()];
  await expect(a.get('peer')).toHaveCount(1);
  await a.click('act-at-once');
  for (const tab of [a, b]) {
    await expect(tab.get('entry')).toHaveCount(4);
    await expect.poll(() => states(tab)).not.toContain('tentative');
    await expect(tab.get('tabs')).toContainText('this tab');
  }
  const order = (tab: DemoTab) => tab.get('entry').locator('.tab').allTextContents();
  expect(await order(a)).toEqual(await order(b));
  expect(new Set(await order(a)).size).toBe(2);
  const rewound = async () =>
    (await a.get('order').getByText('rewound', { exact: true }).count()) +
    (await b.get('order').getByText('rewound', { exact: true }).count());
  await expect.poll(rewound).toBeGreaterThan(0);
});

function states(tab: DemoTab): Promise<(string | null)[]> {
  return tab
    .get('entry')
    .evaluateAll((all) => all.map((entry) => entry.getAttribute('data-state')));
}

test('a logout is everywhere, and no tab keeps an action of the user', async ({ openTab }) => {
  const [a, b] = [await openTab(), await openTab()];
  await fillFirst(a);
  await expect(b.get('qty-tea')).toHaveText('2');
  await b.click('logout');
  for (const tab of [a, b]) {
    await expect(tab.get('login')).toBeVisible();
    const kept = () =>
      tab.page.evaluate(() => isthmusDemo.store.bridge.log.entries().map(({ type }) => type));
    await expect.poll(kept).not.toContain('auth/login');
    expect(await kept()).not.toContain('profile/renamed');
    expect(await tab.read('session')).toEqual({ userId: null, token: null });
    expect(await tab.read('cart', 'items')).toEqual([]);
  }
  await expectAgreement(a, b);
});

/** As a user does; what its listeners do meanwhile is done when this resolves. */
async function close({ page }: DemoTab): Promise<void> {
  const closed = page.waitForEvent('close');
  await page.close({ runBeforeUnload: true });
  await closed;
}

test('all tabs are closed, and one that is opened again shows what they showed, until a logout', async ({
  context,
  openTab,
}) => {
  await context.newPage(); // the browser stays
  const [a, b] = [await openTab(), await openTab()];
  await fillFirst(a);
  await expect(b.get('qty-tea')).toHaveText('2');
  const before = await agreed(a);
  const tokens = [await a.read('session', 'token'), await b.read('session', 'token')];
  for (const tab of [a, b]) await close(tab);

  const again = await openTab({ initScript: noteShown });
  await checkShown(again);
  expect(await agreed(again)).toEqual(before);
  const stored = () => again.page.evaluate(() => JSON.stringify({ ...localStorage }));
  expect(await stored()).toContain('Ada');
  for (const token of tokens) expect(await stored()).not.toContain(token);

  await again.click('logout');
  await expect(again.get('login')).toBeVisible();
  await expect.poll(stored).not.toContain('Ada');
  await close(again);
  const last = await openTab();
  await expect(last.get('login')).toBeVisible();
  await expect(last.get('tenant')).toHaveText('Acme');
  expect(await last.read('cart', 'items')).toEqual([]);
});
