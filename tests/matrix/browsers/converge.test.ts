// What tests/e2e/converge.spec.ts asks of Chromium, as far as the drivers of all browsers allow.

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ConvergeSite } from '../../e2e/converge-site.js';
import {
  actAtOnce,
  closeKeeperOfEight,
  endKeeper,
  goAndComeBack,
  goWithoutLocks,
  killKeeper,
  logOut,
  openEightAtOnce,
  openLate,
  runTwoReleases,
  sleepWhileOthersAct,
  switchBridge,
} from '../../e2e/converging-scenarios.js';
import { ConvergingTabs } from '../../e2e/converging-tabs.js';
import type { Browser, Tab } from './browser.js';
import { browsers } from './browsers.js';
import { processOf } from './processes.js';

/** 1,000 by hand. */
const ROUNDS = Number(process.env['ISTHMUS_CONVERGE_ROUNDS'] ?? 100);
/** Milliseconds that drivers need at most to tell two tabs when to act. */
const LEAD = 40;

const table: Record<string, Record<string, string>> = {};
afterAll(() => console.table(table));

describe.each(browsers)('converging tabs of %s', (name, launch) => {
  let browser: Browser;
  let site: ConvergeSite;
  let tabs: ConvergingTabs<Tab>;
  const opened: Tab[] = [];
  const tell = (what: string, value: string) => ((table[what] ??= {})[name] = value);
  beforeAll(async () => {
    browser = await launch();
  });
  // A channel of its own for each test, which the tabs of the one before have left.
  beforeEach(async () => {
    site = await ConvergeSite.open();
    tabs = new ConvergingTabs(site, async (url) => {
      const tab = await browser.open(url, 'window');
      opened.push(tab);
      return tab;
    });
  });
  afterEach(async () => {
    for (const tab of opened.splice(0)) await tab.close().catch(() => {}); // some are closed
    site.close();
  });
  afterAll(() => browser?.close().catch(() => {})); // after the last test there may be no session

  it.each([
    ['a native and a JS slice', {}],
    ['native slices alone, past JavaScript', { slices: 'native', middleware: 'none' }],
  ])(`that act at once ${ROUNDS} times show the same after each: %s`, async (what, query) => {
    const rebases = await actAtOnce(tabs, query, ROUNDS, LEAD);
    tell(`rewound in ${ROUNDS} rounds, ${what}`, `${rebases}`);
  });

  it.each([20, 600])('that are opened after %i actions render nothing before the others', (made) =>
    openLate(tabs, made),
  );

  it('that are eight, and opened at once, agree', () => openEightAtOnce(tabs));

  it('go on when the one that settles is closed', () =>
    endKeeper(tabs, (keeper) => keeper.close()));

  it('lose nothing when the one that settles is closed while all eight act', () =>
    closeKeeperOfEight(tabs));

  it.each(['the tab that settles', 'another tab'] as const)(
    'go on when the process of %s is stopped, which shows it when it goes on',
    (who) =>
      sleepWhileOthersAct(tabs, who, async (tab) => {
        const others = opened.filter((other) => other !== tab);
        const pid = await processOf(browser, tab, others);
        process.kill(pid, 'SIGSTOP');
        return async () => void process.kill(pid, 'SIGCONT');
      }),
  );

  it('show what happened meanwhile when they come back', async () => {
    const hasReturned = await goAndComeBack(tabs);
    tell('came back', hasReturned ? 'from the cache' : 'loaded anew');
  });

  it('agree when a bridge was off and is on again', () => switchBridge(tabs));

  it('keep nothing of before a logout, which resets two slices at one place', () => logOut(tabs));

  it.each([
    ['alone', { locks: 'none' }],
    ['beside one that has them', {}],
  ])('agree without Web Locks, %s', (_beside, others) => goWithoutLocks(tabs, others));

  it('of two releases agree with those of their own', () => runTwoReleases(tabs));

  // Last, since WebKit's driver ends its session then.
  it('go on when the process of the one that settles is killed', async () => {
    await killKeeper(tabs, async (keeper) => {
      const others = opened.filter((other) => other !== keeper);
      const pid = await processOf(browser, keeper, others);
      return () => process.kill(pid, 'SIGKILL');
    });
    expect(site.told).toHaveLength(2);
  });
});
