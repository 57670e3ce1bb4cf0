import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';

import type { ConvergeSite, TabState } from './converge-site.js';

/** A page of a browser, whichever way that is driven. */
export interface DrivenPage {
  evaluate<Given, Result>(
    run: (given: Given) => Result | Promise<Result>,
    given: Given,
  ): Promise<Result>;
  close(): Promise<void>;
}

/** Opens pages of {@link ConvergeSite} in one browser. */
export class ConvergingTabs<Page extends DrivenPage> {
  constructor(
    readonly site: ConvergeSite,
    readonly openPage: (url: string) => Promise<Page>,
  ) {}

  /** Resolves when the tab's slices are ready. */
  async open(query: Record<string, string> = {}): Promise<Page> {
    const page = await this.openPage(this.site.url(query));
    await whenReady(page);
    return page;
  }

  async openAll(count: number, query: Record<string, string> = {}): Promise<Page[]> {
    const pages: Page[] = [];
    for (let i = 0; i < count; i++) pages.push(await this.open(query));
    return pages;
  }

  async pair(query: Record<string, string> = {}): Promise<[Page, Page]> {
    return [await this.open(query), await this.open(query)];
  }

  /** As a browser that restores its tabs: they load while none of them is ready. */
  async openAtOnce(count: number): Promise<Page[]> {
    const pages: Page[] = [];
    for (let i = 0; i < count; i++) pages.push(await this.openPage(this.site.elsewhere));
    await Promise.all(pages.map((page) => follow(page, this.site.url())));
    for (const page of pages) await whenReady(page);
    return pages;
  }
}

/** Goes there as a link does, which no driver need wait for. */
export function follow(page: DrivenPage, url: string): Promise<void> {
  return page.evaluate((to) => void setTimeout(() => (location.href = to)), url);
}

export async function whenReady(page: DrivenPage): Promise<void> {
  // While pages change there is none that could answer.
  const isThere = () => page.evaluate(() => 'tab' in globalThis, 0).catch(() => false);
  await until(isThere, 'the page has not started');
  await page.evaluate(() => tab.store.whenReady('total'), 0);
}

/** Resolves once that holds. The limit is only for what never does. */
export async function until(
  holds: () => Promise<boolean> | boolean,
  failure: string,
): Promise<void> {
  const end = Date.now() + 60_000;
  while (!(await holds())) {
    assert.ok(Date.now() < end, `After a minute ${failure}.`);
    await pause(10);
  }
}

export const stateOf = (page: DrivenPage): Promise<TabState> => page.evaluate(() => tab.state(), 0);
export const logOf = (page: DrivenPage) => page.evaluate(() => tab.store.inspect().log!, 0);
export const sumOf = async (page: DrivenPage) => (await stateOf(page)).total.sum;
export const add = (page: DrivenPage, ...ids: string[]): Promise<void> =>
  page.evaluate((given) => tab.add(...given), ids);
export const names = (prefix: string, count: number) =>
  Array.from({ length: count }, (_, i) => `${prefix}.${i}`);

export const whenSum = (pages: readonly DrivenPage[], sum: number) =>
  Promise.all(pages.map((page) => page.evaluate((n) => tab.whenSum(n), sum)));
export const whenSettled = (pages: readonly DrivenPage[]) =>
  Promise.all(pages.map((page) => page.evaluate(() => tab.store.bridge.log.settled(), 0)));

/** All show that sum, and the same otherwise as soon as what settles it has come. */
export async function expectAgreement(
  pages: readonly DrivenPage[],
  sum: number,
): Promise<TabState> {
  await whenSum(pages, sum);
  const state = await whenAgreed(pages);
  assert.equal(state.total.sum, sum);
  return state;
}

/** Resolves with what all of them show. */
async function whenAgreed(pages: readonly DrivenPage[]): Promise<TabState> {
  let states: readonly TabState[] = [];
  const look = async () => {
    states = await Promise.all(pages.map(stateOf));
    return new Set(states.map((state) => JSON.stringify(state))).size === 1;
  };
  await until(look, 'the tabs do not agree').catch((error: unknown) => {
    for (const state of states) assert.deepEqual(state, states[0]);
    throw error;
  });
  return states[0]!;
}

/** They have settled it, too, and in one order. */
export async function expectSettled(pages: readonly DrivenPage[], sum: number): Promise<TabState> {
  await whenSum(pages, sum);
  await whenInOneOrder(pages);
  return expectAgreement(pages, sum);
}

/** All they have done is settled, in one order. */
export async function whenInOneOrder(pages: readonly DrivenPage[]): Promise<TabState> {
  await whenSettled(pages);
  const isOne = async () => {
    const logs = await Promise.all(pages.map(logOf));
    return new Set(logs.map(({ head }) => head)).size === 1;
  };
  await until(isOne, 'the tabs have not settled as many actions');
  return whenAgreed(pages);
}

/** The one that settles, once there is one; the tabs act until then. */
export async function findKeeper<Page extends DrivenPage>(pages: readonly Page[]): Promise<Page> {
  let keeper: Page | undefined;
  const look = async () => {
    for (const page of pages) {
      await add(page, 'look');
      if ((await logOf(page)).keeper) keeper = page;
    }
    return keeper !== undefined;
  };
  await until(look, 'no tab settles');
  return keeper!;
}
