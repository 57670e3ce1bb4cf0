// What tabs that converge go through in any browser; the tests in Chromium and those of the matrix share it.

import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';

import {
  add,
  expectAgreement,
  expectSettled,
  findKeeper,
  follow,
  logOf,
  names,
  stateOf,
  sumOf,
  until,
  whenInOneOrder,
  type ConvergingTabs,
  type DrivenPage,
} from './converging-tabs.js';

type Query = Record<string, string>;
type Tabs<Page extends DrivenPage = DrivenPage> = ConvergingTabs<Page>;
const EACH = 3;

/** Both add at one moment, which is `lead` milliseconds away: as long as it takes to tell both. */
export async function addAtOnce(
  pages: readonly DrivenPage[],
  ids: readonly string[][],
  lead: number,
): Promise<void> {
  const at = Date.now() + lead;
  const tell = (page: DrivenPage, own: readonly string[]) =>
    page.evaluate((given) => tab.addAt(given.at, given.own), { at, own });
  await Promise.all(pages.map((page, i) => tell(page, ids[i]!)));
}

/** Two tabs act at once so many times, and show the same after each. Resolves with how many rewound one of them. */
export async function actAtOnce(tabs: Tabs, query: Query, rounds: number, lead = 20) {
  const pages = await tabs.pair(query);
  const expected: string[] = [];
  for (let round = 1; round <= rounds; round++) {
    const ids = [names(`a${round}`, EACH), names(`b${round}`, EACH)];
    await addAtOnce(pages, ids, lead);
    expected.push(...ids.flat());
    await expectAgreement(pages, round * 2 * EACH);
  }
  const { total, chain } = await expectSettled(pages, rounds * 2 * EACH);
  assert.deepEqual([...total.list].sort(), expected.sort());
  if (chain !== undefined) assert.equal(chain.count, expected.length);
  let rebases = 0;
  for (const page of pages) {
    rebases += await page.evaluate(() => tab.rebases.length, 0);
    assert.deepEqual(await page.evaluate(() => tab.gaps, 0), []);
    assert.deepEqual(await page.evaluate(() => tab.store.bridge.counters().dropped, 0), {});
  }
  assert.ok(rebases > 0, 'some of them were at once');
  return rebases;
}

/** A tab that is opened after so many actions renders nothing before the others' state. */
export async function openLate(tabs: Tabs, made: number, query: Query = {}) {
  const [a, b] = await tabs.pair(query);
  for (let i = 0; i < made / 20; i++) {
    await add(a, ...names(`a${i}`, 10));
    await add(b, ...names(`b${i}`, 10));
  }
  await expectSettled([a, b], made);
  const late = await tabs.open(query);
  const { rendered, statuses } = await late.evaluate(() => {
    const { rendered, statuses } = tab;
    return { rendered, statuses };
  }, 0);
  assert.deepEqual({ rendered, statuses }, { rendered: [made], statuses: ['loading', 'ready'] });
  await add(late, 'late');
  await expectSettled([a, b, late], made + 1);
}

export async function openEightAtOnce(tabs: Tabs) {
  const pages = await tabs.openAtOnce(8);
  await Promise.all(pages.map((page, i) => add(page, ...names(`tab${i}`, 5))));
  const { total } = await expectSettled(pages, 40);
  assert.equal(new Set(total.list).size, 40);
}

/** The tab that settles ends; the others go on and another one settles. */
export async function endKeeper<Page extends DrivenPage>(
  tabs: Tabs<Page>,
  end: (keeper: Page) => Promise<void>,
) {
  const pages = await tabs.openAll(3);
  const keeper = await findKeeper(pages);
  const left = pages.filter((page) => page !== keeper);
  await end(keeper);
  for (const [i, page] of left.entries()) await add(page, ...names(`after${i}`, 5));
  const sum = await sumOf(left[0]!);
  await expectSettled(left, sum);
  const late = await tabs.open();
  await expectSettled([...left, late], sum);
  assert.deepEqual(await late.evaluate(() => tab.rendered, 0), [sum]);
}

/** Eight tabs act all the time, and the one that settles is closed meanwhile. Those left lose nothing of theirs. */
export async function closeKeeperOfEight(tabs: Tabs, actions = 40) {
  const pages = await tabs.openAtOnce(8);
  const keeper = await findKeeper(pages);
  for (const [i, page] of pages.entries()) {
    await page.evaluate(([prefix, n]) => void tab.keepAdding(prefix, n), [`${i}.`, actions] as [
      string,
      number,
    ]);
  }
  await keeper.close();
  const left = pages.filter((page) => page !== keeper);
  const own = (page: DrivenPage) => names(`${pages.indexOf(page as never)}`, actions);
  const isDone = async (page: DrivenPage) =>
    (await stateOf(page)).total.list.includes(own(page).at(-1)!);
  for (const page of left) await until(() => isDone(page), 'a tab still acts');
  const { total, chain } = await whenInOneOrder(left);
  const looks = total.list.filter((id) => id === 'look').length;
  const expected = left.flatMap(own);
  const ofKeeper = total.list.filter((id) => own(keeper).includes(id));
  assert.deepEqual(ofKeeper, own(keeper).slice(0, ofKeeper.length), 'none left out');
  assert.equal(total.sum, expected.length + looks + ofKeeper.length);
  assert.equal(chain!.count, total.sum);
  const listed = new Set(total.list);
  assert.deepEqual(
    expected.filter((id) => !listed.has(id)),
    [],
  );
}

/** One goes elsewhere and comes back, while the other acts. Resolves with whether the page itself came back. */
export async function goAndComeBack(tabs: Tabs): Promise<boolean> {
  const [a, b] = await tabs.pair();
  await add(a, 'before');
  await expectSettled([a, b], 1);
  let sum = 1;
  let hasReturned = true;
  for (const meanwhile of [5, 400]) {
    await add(a, 'last');
    await follow(a, tabs.site.elsewhere);
    await whenAt(a, '/elsewhere');
    await add(b, ...names(`meanwhile${meanwhile}`, meanwhile));
    sum += 1 + meanwhile;
    await expectSettled([b], sum);
    await a.evaluate(() => void setTimeout(() => history.back()), 0);
    await whenAt(a, '/');
    await expectSettled([a, b], sum);
    hasReturned &&= await a.evaluate(() => tab.hasReturned, 0);
  }
  await add(a, 'after');
  await expectSettled([a, b], sum + 1);
  return hasReturned;
}

/** Resolves when the page is there, and its app, if it has one, is ready. */
async function whenAt(page: DrivenPage, pathname: string): Promise<void> {
  const isThere = () =>
    page
      .evaluate(
        (path) =>
          document.readyState === 'complete' &&
          location.pathname === path &&
          (path !== '/' || 'tab' in globalThis),
        pathname,
      )
      // While pages change there is none that could answer.
      .catch(() => false);
  await until(isThere, `the tab has not shown ${pathname}`);
  if (pathname === '/') await page.evaluate(() => tab.store.whenReady('total'), 0);
}

/** What was done on both sides while a bridge was off is there when it is on again. */
export async function switchBridge(tabs: Tabs) {
  const [a, b] = await tabs.pair();
  await add(a, 'before');
  await expectSettled([a, b], 1);
  let sum = 1;
  for (const actions of [3, 300]) {
    await a.evaluate(() => tab.store.bridge.setEnabled(false), 0);
    await add(a, ...names(`a${actions}`, actions));
    await add(b, ...names(`b${actions}`, actions));
    assert.equal(await sumOf(a), sum + actions, 'own actions show');
    await a.evaluate(() => tab.store.bridge.setEnabled(true), 0);
    sum += 2 * actions;
    await expectSettled([a, b], sum);
  }
  const late = await tabs.open();
  await expectSettled([a, b, late], sum);
}

/**
 * One logs out while the others act: both slices of all tabs begin anew at one place of the order, and nothing
 * of what came before is kept.
 */
export async function logOut(tabs: Tabs, rounds = 3) {
  const pages = await tabs.openAll(3, { logout: 'forgets' });
  for (let round = 0; round < rounds; round++) {
    await add(pages[0]!, `secret${round}`);
    await addAtOnce(
      pages,
      pages.map((_, i) => names(`${'abc'[i]}${round}`, EACH)),
      20,
    );
    await pages[round % 3]!.evaluate(() => tab.logOut(), 0);
    const { total, chain } = await whenInOneOrder(pages);
    assert.ok(!total.list.includes(`secret${round}`));
    assert.equal(total.sum, total.list.length);
    assert.equal(chain!.count, total.sum);
    for (const page of pages) await until(() => hasForgotten(page), 'a tab still keeps the past');
  }
}

/** Only what came after the last logout is kept. */
async function hasForgotten(page: DrivenPage): Promise<boolean> {
  const types = await page.evaluate(
    () => tab.store.bridge.log.entries().map(({ type }) => type),
    0,
  );
  const { total } = await stateOf(page);
  return types.filter((type) => type === 'total/add').length <= total.list.length;
}

/** Two tabs of each of two releases: each release agrees with itself, by its own reducers, and a late tab with its own. */
export async function runTwoReleases(tabs: Tabs) {
  const [older, newer] = [await tabs.pair({ release: '1' }), await tabs.pair({ release: '2' })];
  const pages = [...older, ...newer];
  const rounds = 5;
  for (let round = 0; round < rounds; round++) {
    const ids = pages.map((_, i) => names(`${i}.${round}`, EACH));
    await addAtOnce(pages, ids, 20);
  }
  const actions = rounds * pages.length * EACH;
  for (const [of, release] of [
    [older, 1],
    [newer, 2],
  ] as const) {
    const sum = actions * release;
    const { total, chain } = await expectSettled(of, sum);
    assert.deepEqual([new Set(total.list).size, chain!.count], [actions, sum]);
    const late = await tabs.open({ release: `${release}` });
    assert.deepEqual(await late.evaluate(() => tab.rendered, 0), [sum]);
    await expectAgreement([...of, late], sum);
  }
  const nameOf = async (page: DrivenPage) => (await logOf(page)).slices.map(({ name }) => name);
  assert.notDeepEqual(await nameOf(older[0]), await nameOf(newer[0]), 'and says which it has');
  for (const page of pages) {
    assert.deepEqual(await page.evaluate(() => tab.store.bridge.counters().dropped, 0), {});
  }
}

/** Tabs without Web Locks, beside one that has them or not. */
export async function goWithoutLocks(tabs: Tabs, others: Query) {
  const without = { locks: 'none' };
  const pages = [await tabs.open(without), await tabs.open(without), await tabs.open(others)];
  assert.equal(await pages[0]!.evaluate(() => 'locks' in navigator, 0), false);
  for (let round = 0; round < 10; round++) {
    await addAtOnce(
      pages,
      pages.map((_, i) => names(`${'abc'[i]}${round}`, EACH)),
      20,
    );
  }
  const sum = 10 * 3 * EACH;
  await expectSettled(pages, sum);
  const [closed, ...left] = pages;
  await closed!.close();
  for (const [i, page] of left.entries()) await add(page, ...names(`after${i}`, 5));
  await expectSettled(left, sum + 10);
  const late = await tabs.open(without);
  assert.deepEqual(await late.evaluate(() => tab.rendered, 0), [sum + 10]);
  await expectSettled([...left, late], sum + 10);
}

/** One of them sleeps while the rest act, and shows it when it wakes. `sleep` resolves with what wakes it. */
export async function sleepWhileOthersAct<Page extends DrivenPage>(
  tabs: Tabs<Page>,
  who: 'the tab that settles' | 'another tab',
  sleep: (page: Page) => Promise<() => Promise<void>>,
) {
  const pages = await tabs.openAll(3);
  const keeper = await findKeeper(pages);
  const asleep = who === 'another tab' ? pages.find((page) => page !== keeper)! : keeper;
  const awake = pages.filter((page) => page !== asleep);
  const before = await sumOf(awake[0]!);
  await expectAgreement(pages, before);
  const wake = await sleep(asleep);
  for (const [i, page] of awake.entries()) await add(page, ...names(`meanwhile${i}`, 200));
  await expectSettled(awake, before + 400);
  await wake();
  await add(asleep, 'again');
  await expectSettled(pages, before + 401);
}

/** The tab that settles is killed, as may be the browser's driver: the others act by themselves, and tell. */
export async function killKeeper<Page extends DrivenPage>(
  tabs: Tabs<Page>,
  kill: (keeper: Page) => Promise<() => void>,
) {
  const pages = await tabs.openAll(3);
  const keeper = await findKeeper(pages);
  const end = await kill(keeper);
  const left = pages.filter((page) => page !== keeper);
  const sum = await sumOf(left[0]!);
  await expectAgreement(pages, sum);
  for (const [i, page] of left.entries()) {
    const at = Date.now() + 1_000;
    const plan = { who: `${i}`, at, ids: names(`after${i}`, 5) };
    await page.evaluate(({ who, at, ids }) => (tab.tellAs(who), tab.addAt(at, ids)), plan);
  }
  end();
  const agree = () => {
    const [a, b] = tabs.site.told;
    return a?.total.sum === sum + 10 && JSON.stringify(a) === JSON.stringify(b);
  };
  await until(agree, 'the tabs that are left do not agree');
  await pause(500);
  assert.ok(agree(), 'it stays');
}
