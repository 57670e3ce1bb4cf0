import { test as base, expect, type Page } from '@playwright/test';

import { ConvergeSite } from './converge-site.js';
import {
  actAtOnce,
  addAtOnce,
  closeKeeperOfEight,
  endKeeper,
  goAndComeBack,
  goWithoutLocks,
  logOut,
  openEightAtOnce,
  openLate,
  runTwoReleases,
  sleepWhileOthersAct,
  switchBridge,
} from './converging-scenarios.js';
import {
  add,
  ConvergingTabs,
  expectAgreement,
  expectSettled,
  names,
  stateOf,
  whenReady,
  whenSum,
} from './converging-tabs.js';
import { keepWasmMemories, memoryOf } from './page-load.js';

/** 1,000 by hand. */
const ROUNDS = Number(process.env['ISTHMUS_CONVERGE_ROUNDS'] ?? 100);
/** 100,000 by hand. */
const ACTIONS = Number(process.env['ISTHMUS_CONVERGE_ACTIONS'] ?? 20_000);
const EACH = 3;
const PARTS = 10;

const test = base.extend<{ tabs: ConvergingTabs<Page> }>({
  tabs: async ({ context }, provide) => {
    const site = await ConvergeSite.open(process.env['ISTHMUS_PREVIOUS']);
    const openPage = async (url: string) => {
      const page = await context.newPage();
      await page.goto(url);
      return page;
    };
    await provide(new ConvergingTabs(site, openPage));
    site.close();
  },
});

// Playwright switches the back/forward cache off.
test.use({
  launchOptions: async ({ launchOptions }, provide) => {
    await provide({ ...launchOptions, ignoreDefaultArgs: ['--disable-back-forward-cache'] });
  },
});

for (const [what, query] of [
  ['a native and a JS slice', {}],
  ['native slices alone, past JavaScript', { slices: 'native', middleware: 'none' }],
  ['a native and a JS slice, in a store of isthmus/redux', { store: 'redux' }],
] as const) {
  test(`two tabs that act at once ${ROUNDS} times show the same after each: ${what}`, async ({
    tabs,
  }) => {
    test.setTimeout(180_000 + ROUNDS * 500);
    await actAtOnce(tabs, query, ROUNDS);
  });
}

for (const made of [20, 600]) {
  test(`a tab opened after ${made} actions renders nothing before the others' state`, async ({
    tabs,
  }) => openLate(tabs, made));
}

test('the first tab is ready with its initial state', async ({ tabs }) => {
  const page = await tabs.open();
  expect(await page.evaluate(() => tab.rendered)).toEqual([0]);
});

test('eight tabs that are opened at once agree, whoever acts', ({ tabs }) => openEightAtOnce(tabs));

test('the tab that settles is closed while all eight act', ({ tabs }) => closeKeeperOfEight(tabs));

const endings = {
  'is closed': async (page: Page) => page.close(),
  crashes: async (page: Page) => {
    const crashed = page.waitForEvent('crash');
    const session = await page.context().newCDPSession(page);
    session.send('Page.crash').catch(() => undefined);
    await crashed;
  },
};
for (const [how, end] of Object.entries(endings)) {
  test(`when the tab that settles ${how}, another one settles`, ({ tabs }) => endKeeper(tabs, end));
}

async function freeze(page: Page): Promise<() => Promise<void>> {
  const session = await page.context().newCDPSession(page);
  await session.send('Page.setWebLifecycleState', { state: 'frozen' });
  return async () => void (await session.send('Page.setWebLifecycleState', { state: 'active' }));
}
for (const who of ['the tab that settles', 'another tab'] as const) {
  test(`${who} is frozen while the rest act, and shows it when it is resumed`, ({ tabs }) =>
    sleepWhileOthersAct(tabs, who, freeze));
}

test(
  'a page that comes back from the back/forward cache shows what happened meanwhile',
  { tag: '@whole-browser' },
  async ({ tabs }) => expect(await goAndComeBack(tabs)).toBe(true),
);

test('what was done on both sides while a bridge was off is there when it is on again', ({
  tabs,
}) => switchBridge(tabs));

test('a logout while others act resets two slices at one place, and nothing of before is kept', ({
  tabs,
}) => logOut(tabs));

for (const [beside, others] of [
  ['alone', { locks: 'none' }],
  ['beside a tab that has them', {}],
] as const) {
  test(`tabs without Web Locks agree, ${beside}`, ({ tabs }) => goWithoutLocks(tabs, others));
}

test('tabs of two releases agree with those of their own', ({ tabs }) => runTwoReleases(tabs));

test(`${ACTIONS} actions in two tabs: at most 1,024 are kept, and memory stays flat`, async ({
  context,
  tabs,
}) => {
  test.setTimeout(180_000 + ACTIONS * 10);
  await context.addInitScript(keepWasmMemories);
  const pages = await tabs.pair();
  const act = (actions: number) =>
    Promise.all(
      pages.map((page, i) =>
        page.evaluate(([p, n]) => tab.count(p, n), [`${'ab'[i]}`, actions] as const),
      ),
    );
  // The log is as full as it gets after the first parts.
  const sizes: number[][] = [];
  for (let part = 1; part <= PARTS; part++) {
    await act(ACTIONS / 2 / PARTS);
    await expectSettled(pages, (ACTIONS / PARTS) * part);
    sizes.push(await Promise.all(pages.map(async (page) => (await memoryOf(page)).wasm)));
  }
  // Two steps of the engine's memory, of 256 KiB each, are what its allocator may be apart.
  for (const [i, half] of sizes[PARTS / 2 - 1]!.entries()) {
    expect(sizes.at(-1)![i]! - half, JSON.stringify(sizes)).toBeLessThanOrEqual(2 * 262_144);
  }
  for (const page of pages) {
    expect(await page.evaluate(() => tab.mostKept)).toBeLessThanOrEqual(1024);
    const lost = await page.evaluate(() => tab.gaps.filter(({ reason }) => reason !== 'overflow'));
    expect(lost).toEqual([]);
  }
});

/** As a user does; what its listeners do meanwhile is done when this resolves. */
async function close(page: Page): Promise<void> {
  const closed = page.waitForEvent('close');
  await page.close({ runBeforeUnload: true });
  await closed;
}

for (const storage of ['localStorage', 'IndexedDB']) {
  test(`all tabs are closed and opened again, and the state is there: ${storage}`, async ({
    context,
    tabs,
  }) => {
    await context.newPage(); // the browser stays
    let sum = 0;
    for (const actions of [3, 300]) {
      const pages = await tabs.pair({ storage });
      expect(await pages[0].evaluate(() => tab.rendered)).toEqual([sum]);
      await add(pages[0], ...names(`a${actions}`, actions));
      await expectAgreement(pages, sum + actions);
      if (actions > 100) await expectSettled(pages, sum + actions);
      await close(pages[0]);
      await add(pages[1], 'last');
      sum += actions + 1;
      const before = await stateOf(pages[1]);
      await close(pages[1]);

      const again = await tabs.open({ storage });
      expect(await again.evaluate(() => tab.rendered)).toEqual([sum]);
      expect(await again.evaluate(() => tab.statuses)).toEqual(['loading', 'ready']);
      expect(await stateOf(again)).toEqual(before);
      await again.reload();
      await whenReady(again);
      expect(await stateOf(again)).toEqual(before);
      await close(again);
    }
  });
}

test('what was cleared is not there when all tabs were closed', async ({ context, tabs }) => {
  await context.newPage();
  const page = await tabs.open({ storage: 'localStorage' });
  await add(page, 'secret');
  expect(await page.evaluate(() => tab.kept.flush())).toBe(true);
  await page.evaluate(() => tab.kept.clear());
  await close(page);
  const again = await tabs.open({ storage: 'localStorage' });
  expect(await again.evaluate(() => tab.rendered)).toEqual([0]);
});

test('a tab of a release that knows no converging slices understands, and is understood', async ({
  context,
  tabs,
}) => {
  const [a, b] = await tabs.pair();
  const peer = await context.newPage();
  await peer.goto(tabs.site.elsewhere);
  // An envelope of 0.1.0, which has no `after`.
  await peer.evaluate(() => {
    const channel = new BroadcastChannel('isthmus');
    const heard: unknown[] = [];
    channel.onmessage = ({ data }) => heard.push(data);
    let seq = 0;
    const say = (id: string) =>
      channel.postMessage({
        ...{ isthmus: 1, sender: 'previous', from: 'shared', seq: ++seq, clock: Date.now() },
        action: { type: 'total/add', payload: { id }, meta: { crossApp: true } },
      });
    Object.assign(globalThis, { peer: { heard, say } });
  });
  type Peer = { heard: Record<string, unknown>[]; say(id: string): void };
  const say = (ids: string[]) =>
    peer.evaluate((all) => {
      const { say } = (globalThis as unknown as { peer: Peer }).peer;
      all.forEach((id) => say(id));
    }, ids);
  const rounds = 10;
  for (let round = 0; round < rounds; round++) {
    await Promise.all([
      say(names(`old${round}`, EACH)),
      add(a, ...names(`a${round}`, EACH)),
      add(b, ...names(`b${round}`, EACH)),
    ]);
  }
  const sum = rounds * 3 * EACH;
  const { total } = await expectSettled([a, b], sum);
  expect(new Set(total.list).size).toBe(sum);
  for (const page of [a, b]) {
    const counters = await page.evaluate(() => tab.store.bridge.counters());
    expect(counters).toMatchObject({ dropped: {}, accepted: rounds * 2 * EACH });
  }
  const heard = await peer.evaluate(() => (globalThis as unknown as { peer: Peer }).peer.heard);
  expect(heard).toHaveLength(rounds * 2 * EACH);
  for (const envelope of heard) {
    const number = expect.any(Number) as unknown;
    expect(envelope).toMatchObject({ isthmus: 1, from: 'shared', seq: number, clock: number });
    expect(envelope['action']).toMatchObject({ type: 'total/add', meta: { crossApp: true } });
  }
});

test('a tab of the previous release beside two that converge', async ({ tabs }) => {
  const isGiven = process.env['ISTHMUS_PREVIOUS'] !== undefined;
  test.skip(!isGiven, 'ISTHMUS_PREVIOUS names the folder of a package that was published before');
  const [a, b] = await tabs.pair();
  const old = await tabs.open({ previous: '1' });
  for (let round = 0; round < 20; round++) {
    await Promise.all(
      [a, b, old].map((page, i) => add(page, ...names(`${'abo'[i]}${round}`, EACH))),
    );
  }
  const sum = 20 * 3 * EACH;
  await expectSettled([a, b], sum);
  await whenSum([old], sum);
  for (const page of [a, b, old]) {
    const counters = await page.evaluate(() => tab.store.bridge.counters());
    expect(counters).toMatchObject({ dropped: {}, accepted: 20 * 2 * EACH });
  }
});

test('middleware runs once for each action in each tab, and one notification follows each', async ({
  tabs,
}) => {
  const [a, b] = await tabs.pair();
  await add(a, 'first');
  await expectSettled([a, b], 1);
  const rounds = 30;
  const ids: string[] = ['first'];
  for (let round = 0; round < rounds; round++) {
    const own = { a: names(`a${round}`, EACH), b: names(`b${round}`, EACH) };
    await addAtOnce([a, b], [own.a, own.b], 20);
    ids.push(...own.a, ...own.b);
  }
  await expectSettled([a, b], ids.length);
  for (const page of [a, b]) {
    const { passed, heard } = await page.evaluate(() => ({ passed: tab.passed, heard: tab.heard }));
    expect(passed).toEqual(Object.fromEntries(ids.map((id) => [id, 1])));
    // The injections came before anyone listened.
    expect(heard.subscribe).toBe(heard.passed);
    expect(heard.watch).toBeLessThanOrEqual(heard.passed);
  }
});
