import { expect, test, type BrowserContext, type Page } from '@playwright/test';
import type * as Isthmus from 'isthmus';
import type * as Program from 'isthmus/program';

import { openPackagePage } from './package-page.js';

// What an app dispatches while its page ends leaves, as on a channel of its own that stays open.

const EVENTS = ['beforeunload', 'visibilitychange', 'pagehide', 'unload'] as const;
type Ending = (page: Page) => Promise<unknown>;

// Playwright switches the back/forward cache off.
test.use({
  launchOptions: async ({ launchOptions }, provide) => {
    await provide({ ...launchOptions, ignoreDefaultArgs: ['--disable-back-forward-cache'] });
  },
});

/** What is posted on both channels, by another page. */
async function openObserver(context: BrowserContext): Promise<() => Promise<unknown>> {
  const observer = await openPackagePage(context);
  await observer.evaluate(() => {
    const heard = { isthmus: [] as unknown[], plain: [] as unknown[] };
    Object.assign(globalThis, { heard });
    new BroadcastChannel('isthmus').onmessage = ({ data }) =>
      heard.isthmus.push((data as { action: { payload: unknown } }).action.payload);
    new BroadcastChannel('plain').onmessage = ({ data }) => heard.plain.push(data);
  });
  return () => observer.evaluate(() => (globalThis as unknown as { heard: unknown }).heard);
}

/** A page that says each of the events when it comes, and how often it has counted one as sent. */
async function openSpeaker(context: BrowserContext, events: readonly string[]): Promise<Page> {
  const page = await openPackagePage(context);
  await page.evaluate(async (names) => {
    const [specifier, language] = ['isthmus', 'isthmus/program'];
    const { crossApp, defineSlice, joinSharedStore, loadEngine } = (await import(
      specifier
    )) as typeof Isthmus;
    const { payload, push } = (await import(language)) as typeof Program;
    await loadEngine(undefined, { whole: true });
    const log = defineSlice({
      name: 'log',
      initialState: [] as string[],
      reducers: { say: [push('', payload())] },
      contract: { 'log/say': {} },
    });
    const { store } = joinSharedStore({ app: 'host', slices: [log] });
    let plain: BroadcastChannel | undefined = new BroadcastChannel('plain');
    if (!names.includes('unload')) plain = undefined; // it would keep the page out of the cache
    for (const name of names) {
      addEventListener(name, () => {
        store.dispatch(crossApp(log.actions.say(name)));
        plain?.postMessage(name);
      });
    }
    Object.assign(globalThis, { sent: () => store.bridge.counters().sent });
  }, events);
  return page;
}

const endings: [string, Ending][] = [
  ['is loaded again', (page) => page.reload()],
  ['goes elsewhere', (page) => page.goto('about:blank')],
  ['is closed', (page) => page.close({ runBeforeUnload: true })],
];
for (const [what, end] of endings) {
  test(`a page that ${what} posts what its listeners dispatch, to the last one`, async ({
    context,
  }) => {
    const heard = await openObserver(context);
    const page = await openSpeaker(context, EVENTS);
    await end(page);
    const expected = expect.arrayContaining(['beforeunload', 'pagehide', 'unload']) as unknown;
    await expect.poll(heard).toMatchObject({ isthmus: expected, plain: expected });
    const { isthmus, plain } = (await heard()) as { isthmus: unknown[]; plain: unknown[] };
    expect(isthmus).toEqual(plain);
  });
}

test(
  'a page that the back/forward cache keeps has posted what it counts as sent, and hears again',
  { tag: '@whole-browser' },
  async ({ context }) => {
    const heard = await openObserver(context);
    const page = await openSpeaker(context, ['visibilitychange', 'pagehide']);
    await page.goto('about:blank');
    await page.goBack({ waitUntil: 'commit' });
    const isKept = await page.evaluate(() => 'sent' in globalThis);
    expect(isKept, 'the page comes from the cache').toBe(true);
    await expect
      .poll(heard)
      .toMatchObject({ isthmus: expect.arrayContaining(['pagehide']) as unknown });
    const { isthmus } = (await heard()) as { isthmus: unknown[] };
    const sent = await page.evaluate(() => (globalThis as unknown as { sent(): number }).sent());
    expect(isthmus).toHaveLength(sent);
  },
);
