import { test as base, expect, type BrowserContext, type Page } from '@playwright/test';
import { ChannelObserver } from './channel-observer.js';
import { FederatedPage } from './federated-page.js';

const COUNT = 1000;
/** Of the five apps of a page three share a store; two have stores of their own. */
const SENT = { shared: 600, checkout: 200, search: 200 };

base.describe.configure({ mode: 'default' }); // one worker, since it builds

const test = base.extend<object, { federated: FederatedPage }>({
  federated: [
    // eslint-disable-next-line no-empty-pattern -- Playwright reads the pattern to find fixtures
    async ({}, provide) => {
      const federated = await FederatedPage.build();
      await provide(federated);
      federated.close();
    },
    { scope: 'worker', timeout: 180_000 },
  ],
});

async function openPage(context: BrowserContext, url: string): Promise<Page> {
  const page = await context.newPage();
  page.on('pageerror', ({ message }) => expect.soft(message).toBe('no error'));
  await page.goto(url);
  await page.waitForFunction(() => 'federation' in globalThis);
  const ids = await page.evaluate(() => federation.storeIds());
  expect(ids).toEqual(Array.from({ length: 4 }, () => ids[0]));
  return page;
}

/** Every page makes its entries, all from the moment on at which the observer says so. */
async function makeEntries(tabs: Map<string, Page>, observer: ChannelObserver): Promise<void> {
  const made = [...tabs].map(([tab, page]) =>
    page.evaluate(([name, count]) => federation.makeEntries(name, count), [tab, COUNT] as const),
  );
  await observer.page.evaluate(() => new BroadcastChannel('start').postMessage('start'));
  await Promise.all(made);
}

/** The numbers of each sender's entries, in the order in which they stand in a ledger. */
function bySender(ledger: readonly string[]): Record<string, number[]> {
  const senders: Record<string, number[]> = {};
  for (const entry of ledger) {
    const [tab, store, number] = entry.split(' ');
    (senders[`${tab} ${store}`] ??= []).push(Number(number));
  }
  return senders;
}

/** What every ledger of every tab must hold: all entries of each sender, once and in order. */
function allEntries(tabs: readonly string[]): Record<string, number[]> {
  const numbers = (count: number) => Array.from({ length: count }, (_, i) => 1 + i);
  const senders = tabs.flatMap((tab) =>
    Object.entries(SENT).map(([store, count]) => [`${tab} ${store}`, numbers(count)] as const),
  );
  return Object.fromEntries(senders);
}

async function checkLedgers(page: Page, tabs: readonly string[]): Promise<void> {
  const ledgers = () => page.evaluate(() => federation.ledgers());
  const lengths = async () => (await ledgers()).map(({ length }) => length);
  const full = Array.from({ length: 6 }, () => tabs.length * COUNT);
  await expect.poll(lengths).toEqual(full);
  for (const ledger of await ledgers()) expect(bySender(ledger)).toEqual(allEntries(tabs));
}

async function checkCounters(page: Page, total: number): Promise<void> {
  const nothing = { limited: 0, dropped: {}, refused: {} };
  expect(await page.evaluate(() => federation.counters())).toEqual(
    Object.values(SENT).map((sent) =>
      expect.objectContaining({ ...nothing, sent, accepted: total - sent }),
    ),
  );
  expect(await page.evaluate(() => federation.gaps())).toEqual([]);
}

for (const tabs of [
  ['a', 'b'],
  ['a', 'b', 'c'],
]) {
  test(`${tabs.length} tabs with three remotes each, all sending at once: every store applies every action once, in its sender's order, and none is echoed`, async ({
    context,
    federated,
  }) => {
    const observer = await ChannelObserver.open(context, `${federated.url}/main.js`);
    const pages = new Map<string, Page>();
    for (const tab of tabs) pages.set(tab, await openPage(context, federated.url));
    await makeEntries(pages, observer);
    const total = tabs.length * COUNT;
    for (const page of pages.values()) {
      await checkLedgers(page, tabs);
      await checkCounters(page, total);
    }

    const [first] = await pages.get('a')!.evaluate(() => federation.ledgers());
    expect(first!.findIndex((entry) => !entry.startsWith('a'))).toBeLessThan(COUNT);
    await observer.page.waitForTimeout(200); // an echo sent later still can only be waited for
    expect(await observer.messages()).toHaveLength(total);
  });
}
