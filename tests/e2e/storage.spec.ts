import { test as base, expect, type BrowserContext, type Page } from '@playwright/test';
import { StorageSite } from './storage-site.js';

const ROUNDS = 8;
const rounds = Array.from({ length: ROUNDS }, (_, i) => i);

const test = base.extend<{ site: StorageSite }>({
  // eslint-disable-next-line no-empty-pattern -- Playwright reads the pattern to find fixtures
  site: async ({}, provide) => {
    const site = await StorageSite.open();
    await provide(site);
    site.close();
  },
});
test.describe.configure({ timeout: 180_000 }); // eight page loads and more, on a busy machine
// Playwright switches the back/forward cache off by default.
test.use({
  launchOptions: async ({ launchOptions }, provide) => {
    await provide({ ...launchOptions, ignoreDefaultArgs: ['--disable-back-forward-cache'] });
  },
});

const ready = (page: Page) => page.waitForFunction(() => 'kept' in globalThis);
const items = (page: Page) => page.evaluate(() => kept.items());
const add = (page: Page, text: string) => page.evaluate((item) => kept.add(item), text);
const flush = (page: Page) => page.evaluate(() => kept.persistence.flush());

async function open(context: BrowserContext, url: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto(url);
  await ready(page);
  return page;
}

/** A change now, and one in each of the page's own listeners when it goes. */
async function changeAndGo(page: Page, round: number): Promise<string[]> {
  const last = [`change ${round}`, `pagehide ${round}`, `visibilitychange ${round}`];
  await page.evaluate(([change, pagehide, visibilitychange]) => {
    kept.add(change!);
    Object.assign(kept.onEvent, { pagehide, visibilitychange });
  }, last);
  return last;
}

for (const storage of ['localStorage', 'IndexedDB']) {
  test.describe(storage, () => {
    const ways = {
      'a reload': async (page: Page) => {
        await page.reload();
        return page;
      },
      'a navigation and a return by address': async (page: Page, site: StorageSite) => {
        await page.goto(site.elsewhere);
        await page.goto(site.url(storage));
        return page;
      },
      'the tab being closed': async (page: Page, site: StorageSite) => {
        const context = page.context();
        const closed = page.waitForEvent('close');
        await page.close({ runBeforeUnload: true });
        await closed;
        return open(context, site.url(storage));
      },
    };
    for (const [way, go] of Object.entries(ways)) {
      test(`${way} keeps every change of the last moment: ${ROUNDS} of ${ROUNDS}`, async ({
        context,
        site,
      }) => {
        let page = await open(context, site.url(storage));
        const expected: string[] = [];
        for (const round of rounds) {
          expected.push(...(await changeAndGo(page, round)));
          page = await go(page, site);
          await ready(page);
          expect((await items(page)).sort()).toEqual(expected.sort());
        }
      });
    }

    test(`a crash keeps what was written, and nothing half: ${ROUNDS} of ${ROUNDS}`, async ({
      context,
      site,
    }) => {
      let page = await open(context, site.url(storage));
      const written: string[] = [];
      for (const round of rounds) {
        written.push(`written ${round}`);
        await add(page, `written ${round}`);
        expect(await flush(page)).toBe(true);
        await page.evaluate(() => {
          kept.add('perhaps');
          void kept.persistence.flush();
        });
        const crashed = page.waitForEvent('crash');
        const session = await context.newCDPSession(page);
        session.send('Page.crash').catch(() => undefined);
        await crashed;
        await page.close();
        page = await open(context, site.url(storage));
        expect(await page.evaluate(() => kept.refusals)).toEqual([]);
        expect((await items(page)).filter((item) => item !== 'perhaps')).toEqual(written);
      }
    });

    test(`a page from the back/forward cache takes what is stored by then: ${ROUNDS} of ${ROUNDS}`, async ({
      context,
      site,
    }) => {
      for (const round of rounds) {
        const page = await open(context, site.url(storage));
        await add(page, `old user ${round}`);
        await page.goto(site.elsewhere);
        const other = await open(context, site.url(storage));
        expect(await items(other)).toEqual([`old user ${round}`]);
        await other.evaluate(() => kept.persistence.clear());
        await other.reload();
        await ready(other);
        if (round % 2 === 1) await add(other, 'new user');
        await other.close({ runBeforeUnload: true });
        await page.goBack({ waitUntil: 'commit' });
        await page.waitForFunction(() => kept.hasReturned);
        const left = round % 2 === 1 ? ['new user'] : [];
        await page.waitForFunction((n) => kept.items().length === n, left.length);
        await add(page, 'after');
        await flush(page);
        await page.reload();
        await ready(page);
        expect(await items(page)).toEqual([...left, 'after']);
        await page.evaluate(() => kept.persistence.clear());
        await page.close();
      }
    });

    test(`a tab of the old release does not write over the new one's: ${ROUNDS} of ${ROUNDS}`, async ({
      context,
      site,
    }) => {
      const old = await open(context, site.url(storage));
      await add(old, 'old');
      await flush(old);
      const next = await open(context, site.url(storage, 2));
      const expected = ['old', 'carried'];
      for (const round of rounds) {
        expected.push(`new ${round}`);
        await add(next, `new ${round}`);
        await flush(next);
        await changeAndGo(old, round);
        if (round % 2 === 1) await flush(old);
        await old.reload();
        await ready(old);
        await next.reload();
        await ready(next);
        expect(await items(next)).toEqual(expected);
      }
    });

    test('a tab that hears of clear() does not save again what it had not yet saved', async ({
      context,
      site,
    }) => {
      const [a, b] = [
        await open(context, site.url(storage)),
        await open(context, site.url(storage)),
      ];
      await add(a, 'old user');
      await b.evaluate(() => kept.persistence.clear());
      await a.evaluate(() => new Promise((resolve) => setTimeout(resolve, 50)));
      await a.close({ runBeforeUnload: true });
      await b.reload();
      await ready(b);
      expect(await items(b)).toEqual([]);
    });
  });
}

test('an open tab does not keep a database from being deleted, and saves into the next', async ({
  context,
  site,
}) => {
  const [a, b] = [
    await open(context, site.url('IndexedDB')),
    await open(context, site.url('IndexedDB')),
  ];
  await add(a, 'old');
  await flush(a);
  const deleted = () =>
    b.evaluate(
      () =>
        new Promise((resolve) => {
          const request = indexedDB.deleteDatabase('isthmus');
          request.onblocked = () => resolve('blocked');
          request.onsuccess = () => resolve('deleted');
        }),
    );
  expect(await deleted()).toBe('deleted');
  await add(a, 'lost with the database');
  await flush(a);
  await add(a, 'new');
  expect(await flush(a)).toBe(true);
  await a.reload();
  await ready(a);
  expect((await items(a)).at(-1)).toBe('new');
});
