import { test as base, expect, type BrowserContext, type Page } from '@playwright/test';

import { ConvergeSite, whenReady, type TabState } from './converge-site.js';
import { keepWasmMemories, memoryOf } from './page-load.js';

/** 1,000 by hand. */
const ROUNDS = Number(process.env['ISTHMUS_CONVERGE_ROUNDS'] ?? 100);
/** 100,000 by hand. */
const ACTIONS = Number(process.env['ISTHMUS_CONVERGE_ACTIONS'] ?? 20_000);
const EACH = 3;
const PARTS = 10;

const test = base.extend<{ site: ConvergeSite }>({
  // eslint-disable-next-line no-empty-pattern -- Playwright reads the pattern to find fixtures
  site: async ({}, provide) => {
    const site = await ConvergeSite.open(process.env['ISTHMUS_PREVIOUS']);
    await provide(site);
    site.close();
  },
});

// Playwright switches the back/forward cache off.
test.use({
  launchOptions: async ({ launchOptions }, provide) => {
    await provide({ ...launchOptions, ignoreDefaultArgs: ['--disable-back-forward-cache'] });
  },
});

const stateOf = (page: Page): Promise<TabState> => page.evaluate(() => tab.state());
const logOf = (page: Page) => page.evaluate(() => tab.store.inspect().log!);
const add = (page: Page, ...ids: string[]) => page.evaluate((names) => tab.add(...names), ids);
const whenSum = (pages: readonly Page[], sum: number) =>
  Promise.all(pages.map((page) => page.evaluate((n) => tab.whenSum(n), sum)));
const whenSettled = (pages: readonly Page[]) =>
  Promise.all(pages.map((page) => page.evaluate(() => tab.store.bridge.log.settled())));
const names = (prefix: string, count: number) =>
  Array.from({ length: count }, (_, i) => `${prefix}.${i}`);

/** All show that sum, and the same otherwise as soon as what settles it has come. */
async function expectAgreement(pages: readonly Page[], sum: number): Promise<TabState> {
  await whenSum(pages, sum);
  let texts: readonly string[] = [];
  await expect(async () => {
    texts = await Promise.all(
      pages.map((page) => page.evaluate(() => JSON.stringify(tab.state()))),
    );
    if (new Set(texts).size === 1) return;
    const states = texts.map((text) => JSON.parse(text) as TabState);
    for (const state of states) expect(state).toEqual(states[0]);
  }).toPass({ intervals: [10], timeout: 60_000 });
  const state = JSON.parse(texts[0]!) as TabState;
  expect(state.total.sum).toBe(sum);
  return state;
}

/** They have settled it, too, and in one order. */
async function expectSettled(pages: readonly Page[], sum: number): Promise<TabState> {
  await whenSum(pages, sum);
  await whenSettled(pages);
  const heads = async () =>
    new Set(await Promise.all(pages.map(async (p) => (await logOf(p)).head)));
  await expect.poll(async () => (await heads()).size).toBe(1);
  return expectAgreement(pages, sum);
}

async function openTabs(site: ConvergeSite, context: BrowserContext, count: number, query = {}) {
  const pages: Page[] = [];
  for (let i = 0; i < count; i++) pages.push(await site.openTab(context, query));
  return pages;
}

/** The one that settles, once there is one; the tabs act until then. */
async function findKeeper(pages: readonly Page[]): Promise<Page> {
  let keeper: Page | undefined;
  const look = async () => {
    for (const page of pages) {
      await add(page, 'look');
      if ((await logOf(page)).keeper) keeper = page;
    }
    return keeper !== undefined;
  };
  await expect.poll(look, { intervals: [50] }).toBe(true);
  return keeper!;
}

const sumOf = async (page: Page) => (await stateOf(page)).total.sum;

for (const [what, query] of [
  ['a native and a JS slice', {}],
  ['native slices alone, past JavaScript', { slices: 'native', middleware: 'none' }],
  ['a native and a JS slice, in a store of isthmus/redux', { store: 'redux' }],
] as const) {
  test(`two tabs that act at once ${ROUNDS} times show the same after each: ${what}`, async ({
    context,
    site,
  }) => {
    test.setTimeout(180_000 + ROUNDS * 500);
    const [a, b] = (await openTabs(site, context, 2, query)) as [Page, Page];
    const expected: string[] = [];
    for (let round = 1; round <= ROUNDS; round++) {
      const ids = { a: names(`a${round}`, EACH), b: names(`b${round}`, EACH) };
      const at = Date.now() + 15;
      const act = (page: Page, own: string[]) =>
        page.evaluate((given) => tab.addAt(given.at, given.own), { at, own });
      await Promise.all([act(a, ids.a), act(b, ids.b)]);
      expected.push(...ids.a, ...ids.b);
      await expectAgreement([a, b], round * 2 * EACH);
    }
    const { total, chain } = await expectSettled([a, b], ROUNDS * 2 * EACH);
    expect([...total.list].sort()).toEqual(expected.sort());
    if (chain !== undefined) expect(chain.count).toBe(expected.length);
    const rebases = await Promise.all(
      [a, b].map((page) => page.evaluate(() => tab.rebases.length)),
    );
    expect(rebases[0]! + rebases[1]!, 'some of them were at once').toBeGreaterThan(0);
    for (const page of [a, b]) {
      expect(await page.evaluate(() => tab.gaps)).toEqual([]);
      expect(await page.evaluate(() => tab.store.bridge.counters().dropped)).toEqual({});
    }
  });
}

for (const made of [20, 600]) {
  test(`a tab opened after ${made} actions renders nothing before the others' state`, async ({
    context,
    site,
  }) => {
    const [a, b] = (await openTabs(site, context, 2)) as [Page, Page];
    for (let i = 0; i < made / 20; i++) {
      await add(a, ...names(`a${i}`, 10));
      await add(b, ...names(`b${i}`, 10));
    }
    await expectSettled([a, b], made);
    const late = await site.openTab(context);
    expect(await late.evaluate(() => ({ rendered: tab.rendered, statuses: tab.statuses }))).toEqual(
      {
        rendered: [made],
        statuses: ['loading', 'ready'],
      },
    );
    await add(late, 'late');
    await expectSettled([a, b, late], made + 1);
  });
}

test('the first tab is ready with its initial state', async ({ context, site }) => {
  const page = await site.openTab(context);
  expect(await page.evaluate(() => tab.rendered)).toEqual([0]);
});

test('eight tabs that are opened at once agree, whoever acts', async ({ context, site }) => {
  const pages = await Promise.all(Array.from({ length: 8 }, () => site.openTab(context)));
  const acted = pages.map((page, i) => add(page, ...names(`tab${i}`, 5)));
  await Promise.all(acted);
  const { total } = await expectSettled(pages, 40);
  expect(new Set(total.list).size).toBe(40);
});

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
  test(`when the tab that settles ${how}, another one settles`, async ({ context, site }) => {
    const pages = await openTabs(site, context, 3);
    const keeper = await findKeeper(pages);
    const left = pages.filter((page) => page !== keeper);
    await end(keeper);
    for (const [i, page] of left.entries()) await add(page, ...names(`after${i}`, 5));
    const sum = await sumOf(left[0]!);
    await expectSettled(left, sum);
    const late = await site.openTab(context);
    await expectSettled([...left, late], sum);
    expect(await late.evaluate(() => tab.rendered)).toEqual([sum]);
  });
}

for (const who of ['the tab that settles', 'another tab'] as const) {
  test(`${who} is frozen while the rest act, and shows it when it is resumed`, async ({
    context,
    site,
  }) => {
    const pages = await openTabs(site, context, 3);
    const keeper = await findKeeper(pages);
    const others = pages.filter((page) => page !== keeper);
    const frozen = who === 'another tab' ? others[0]! : keeper;
    const awake = pages.filter((page) => page !== frozen);
    const before = await sumOf(awake[0]!);
    await expectAgreement(pages, before);
    const session = await context.newCDPSession(frozen);
    await session.send('Page.setWebLifecycleState', { state: 'frozen' });
    for (const [i, page] of awake.entries()) await add(page, ...names(`meanwhile${i}`, 200));
    await expectSettled(awake, before + 400);
    await session.send('Page.setWebLifecycleState', { state: 'active' });
    await add(frozen, 'again');
    await expectSettled(pages, before + 401);
  });
}

test(
  'a page that comes back from the back/forward cache shows what happened meanwhile',
  { tag: '@whole-browser' },
  async ({ context, site }) => {
    const [a, b] = (await openTabs(site, context, 2)) as [Page, Page];
    await add(a, 'before');
    await expectSettled([a, b], 1);
    let sum = 1;
    for (const meanwhile of [5, 400]) {
      await add(a, 'last');
      await a.goto(site.elsewhere);
      await add(b, ...names(`meanwhile${meanwhile}`, meanwhile));
      sum += 1 + meanwhile;
      await expectSettled([b], sum);
      await a.goBack({ waitUntil: 'commit' });
      await a.waitForFunction(() => tab.hasReturned);
      await expectSettled([a, b], sum);
    }
    await add(a, 'after');
    await expectSettled([a, b], sum + 1);
  },
);

test('what was done on both sides while a bridge was off is there when it is on again', async ({
  context,
  site,
}) => {
  const [a, b] = (await openTabs(site, context, 2)) as [Page, Page];
  await add(a, 'before');
  await expectSettled([a, b], 1);
  let sum = 1;
  for (const actions of [3, 300]) {
    await a.evaluate(() => tab.store.bridge.setEnabled(false));
    await add(a, ...names(`a${actions}`, actions));
    await add(b, ...names(`b${actions}`, actions));
    expect(await sumOf(a), 'own actions show').toBe(sum + actions);
    await a.evaluate(() => tab.store.bridge.setEnabled(true));
    sum += 2 * actions;
    await expectSettled([a, b], sum);
  }
  const late = await site.openTab(context);
  await expectSettled([a, b, late], sum);
});

test(`${ACTIONS} actions in two tabs: at most 1,024 are kept, and memory stays flat`, async ({
  context,
  site,
}) => {
  test.setTimeout(180_000 + ACTIONS * 10);
  await context.addInitScript(keepWasmMemories);
  const pages = (await openTabs(site, context, 2)) as [Page, Page];
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
    site,
  }) => {
    await context.newPage(); // the browser stays
    let sum = 0;
    for (const actions of [3, 300]) {
      const pages = (await openTabs(site, context, 2, { storage })) as [Page, Page];
      expect(await pages[0].evaluate(() => tab.rendered)).toEqual([sum]);
      await add(pages[0], ...names(`a${actions}`, actions));
      await expectAgreement(pages, sum + actions);
      if (actions > 100) await expectSettled(pages, sum + actions);
      await close(pages[0]);
      await add(pages[1], 'last');
      sum += actions + 1;
      const before = await stateOf(pages[1]);
      await close(pages[1]);

      const again = await site.openTab(context, { storage });
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

test('what was cleared is not there when all tabs were closed', async ({ context, site }) => {
  await context.newPage();
  const page = await site.openTab(context, { storage: 'localStorage' });
  await add(page, 'secret');
  expect(await page.evaluate(() => tab.kept.flush())).toBe(true);
  await page.evaluate(() => tab.kept.clear());
  await close(page);
  const again = await site.openTab(context, { storage: 'localStorage' });
  expect(await again.evaluate(() => tab.rendered)).toEqual([0]);
});

test('a tab of a release that knows no converging slices understands, and is understood', async ({
  context,
  site,
}) => {
  const [a, b] = (await openTabs(site, context, 2)) as [Page, Page];
  const peer = await context.newPage();
  await peer.goto(site.elsewhere);
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

test('a tab of the previous release beside two that converge', async ({ context, site }) => {
  const isGiven = process.env['ISTHMUS_PREVIOUS'] !== undefined;
  test.skip(!isGiven, 'ISTHMUS_PREVIOUS names the folder of a package that was published before');
  const [a, b] = (await openTabs(site, context, 2)) as [Page, Page];
  const old = await site.openTab(context, { previous: '1' });
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
  context,
  site,
}) => {
  const [a, b] = (await openTabs(site, context, 2)) as [Page, Page];
  await add(a, 'first');
  await expectSettled([a, b], 1);
  const rounds = 30;
  const ids: string[] = ['first'];
  for (let round = 0; round < rounds; round++) {
    const own = { a: names(`a${round}`, EACH), b: names(`b${round}`, EACH) };
    const at = Date.now() + 15;
    await Promise.all(
      [a, b].map((page, i) =>
        page.evaluate((given) => tab.addAt(given.at, given.ids), { at, ids: i ? own.b : own.a }),
      ),
    );
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
