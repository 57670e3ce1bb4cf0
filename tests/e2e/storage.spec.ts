import { test as base, expect, type BrowserContext, type Page } from '@playwright/test';
import { StorageSite } from './storage-site.js';

const ROUNDS = Number(process.env['ISTHMUS_ROUNDS'] ?? 2);
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
  await visit(page, url);
  return page;
}

async function visit(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await ready(page);
}

/** As a user does; what its listeners do meanwhile is done when this resolves. */
async function close(page: Page): Promise<void> {
  const closed = page.waitForEvent('close');
  await page.close({ runBeforeUnload: true });
  await closed;
}

/** Of the pages that have gone with all of their listeners called, what each added last. */
async function observeEnds(
  context: BrowserContext,
  site: StorageSite,
): Promise<() => Promise<unknown[]>> {
  const observer = await context.newPage();
  await observer.goto(site.elsewhere);
  const ends = await observer.evaluateHandle(() => {
    const seen: unknown[] = [];
    new BroadcastChannel('ends').onmessage = ({ data }) => seen.push(data);
    return seen;
  });
  return () => ends.evaluate((seen) => seen);
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
        await close(page);
        return open(context, site.url(storage));
      },
    };
    for (const [way, go] of Object.entries(ways)) {
      test(`${way} keeps every change of the last moment: ${ROUNDS} of ${ROUNDS}`, async ({
        context,
        site,
      }) => {
        const ends = await observeEnds(context, site);
        let page = await open(context, site.url(storage));
        const expected: string[] = [];
        for (let round = 0, kept = 0; kept < ROUNDS; round++) {
          const last = await changeAndGo(page, round);
          page = await go(page, site);
          await ready(page);
          const found = await items(page);
          // A browser waits half a second for a page that is closed. On a busy machine the page may not
          // get to the last of its listeners by then; such a round does not count.
          const hasEnded = (await ends()).includes(last.at(-1));
          expected.push(...last.filter((item) => hasEnded || found.includes(item)));
          expect(found.sort()).toEqual(expected.sort());
          if (hasEnded) kept += 1;
          else expect(round).toBeLessThan(10 * ROUNDS);
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

    test(
      `a page from the back/forward cache takes what is stored by then: ${ROUNDS} of ${ROUNDS}`,
      { tag: '@whole-browser' },
      async ({ context, site }) => {
        const [page, other] = [await context.newPage(), await context.newPage()];
        for (const round of rounds) {
          await visit(page, site.url(storage));
          await add(page, `old user ${round}`);
          await page.goto(site.elsewhere);
          await visit(other, site.url(storage));
          expect(await items(other)).toEqual([`old user ${round}`]);
          await other.evaluate(() => kept.persistence.clear());
          const left = round % 2 === 1 ? ['new user'] : [];
          if (left.length > 0) {
            await other.reload();
            await ready(other);
            await add(other, 'new user');
          }
          await other.goto(site.elsewhere); // has written by then
          await page.goBack({ waitUntil: 'commit' });
          await page.waitForFunction(() => kept.hasReturned);
          await page.waitForFunction((n) => kept.items().length === n, left.length);
          await add(page, 'after');
          await flush(page);
          await page.reload();
          await ready(page);
          expect(await items(page)).toEqual([...left, 'after']);
          await page.evaluate(() => kept.persistence.clear());
        }
      },
    );

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

    test(`what a tab had not yet saved is not saved once another has called clear(), whether it has heard or not: ${ROUNDS} of ${ROUNDS}`, async ({
      context,
      site,
    }) => {
      const b = await open(context, site.url(storage));
      for (const round of rounds) {
        const a = await open(context, site.url(storage));
        await add(a, `old user ${round}`);
        await b.evaluate(() => kept.persistence.clear());
        await close(a);
        await b.reload();
        await ready(b);
        expect(await items(b)).toEqual([]);
      }
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
