// What the bridge presumes of tabs, BroadcastChannels and Web Locks; and, as a table, where browsers differ.

import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Browser } from './browser.js';
import { browsers } from './browsers.js';
import { TabFacts } from './tab-facts.js';

const table: Record<string, Record<string, string>> = {};
afterAll(() => console.table(table));

describe.each(browsers)('tabs of %s', (name, launch) => {
  let browser: Browser;
  let facts: TabFacts;
  const tell = (fact: string, value: string) => ((table[fact] ??= {})[name] = value);
  beforeAll(async () => {
    browser = await launch();
    facts = await TabFacts.of(browser);
  });
  afterEach(() => facts?.closeTabs());
  afterAll(async () => {
    facts?.close();
    await browser?.close().catch(() => {}); // after the last test there may be no session
  });

  it('reach each other in milliseconds', async () => {
    const times = await facts.times();
    for (const [fact, time] of Object.entries(times)) tell(fact, `${Number(time.toFixed(2))} ms`);
    expect(Math.max(...Object.values(times))).toBeLessThan(100);
  });

  it('wait for a lock: not at all, until they give up, or until it is free', async () => {
    const { noted, afterRelease } = await facts.waiting();
    expect(noted).toEqual(['not available busy', 'lost busy: AbortError', 'granted busy']);
    expect(afterRelease).toBeLessThan(2_000);
    tell('lock after its release, past a closed waiter', `${afterRelease} ms`);
  });

  it.each([
    ['window', 'window'],
    ['behind', 'window'],
    ['window', 'behind'],
  ] as const)('inherit the lock when a tab %s is closed, %s', async (holder, waiter) => {
    const after = await facts.inherited('close', holder, waiter);
    tell(`lock after closing its holder, ${holder} -> ${waiter}`, `${after} ms`);
    expect(after).toBeLessThan(2_000);
  });

  it('hear all that the old holder had said, but maybe after its lock', async () => {
    const counts = await facts.overtaken(30);
    const overtaken = counts.filter((count) => count > 0).length;
    tell('a lock overtook messages', `${overtaken} of 30, by ${Math.max(...counts)} of 50`);
  });

  it('hear at once while they are hidden, though their timers are slow', async () => {
    const { state, latest, gap } = await facts.hidden(10_000);
    expect(state).toBe('hidden');
    expect(latest).toBeLessThan(1_000);
    tell('hidden: latest message, longest gap of a timer', `${latest} ms, ${gap} ms`);
  });

  it.each([
    ['none', 'never', false],
    ['none', 'never', true],
    ['held', 'never', false],
    ['waited for', 'never', false],
    ['none', 'pagehide', true],
    ['held', 'pagehide', true],
    ['waited for', 'pagehide', true],
    ['held', 'beforeunload', true],
  ] as const)(
    'go and come back: lock %s, given back on %s, posted to: %s',
    async (lock, event, posted) => {
      const { free, noted } = await facts.away(lock, event, posted);
      const back = noted.includes('restored') ? 'restored' : 'loaded anew';
      const loss = noted.includes('lost away: AbortError') ? ', told AbortError' : '';
      const others = lock === 'none' ? '' : `; others had it after ${free} ms`;
      const fact = `back: lock ${lock}, given back: ${event}${posted ? ', posted to' : ''}`;
      tell(fact, back + loss + others);
      expect(noted).not.toContain('meanwhile');
      expect(noted).toContain('afterwards');
      if (event !== 'never') expect(free).toBeLessThan(2_000);
    },
  );

  it.each([
    ['window', false],
    ['behind', false],
    ['window', true],
  ] as const)('learn that their lock was stolen: %s, stopped: %s', async (place, stopped) => {
    const { took, loss, learnt } = await facts.stolen(place, stopped);
    tell(
      `theft from ${place}${stopped ? ', stopped for 1 s' : ''}`,
      `${took} ms, learnt ${learnt}`,
    );
    expect(took).toBeLessThan(1_000);
    expect(loss).toBe('lost mine: AbortError');
  });

  // Last, since WebKit's driver ends its session then.
  it('inherit the lock when its holder is killed', async () => {
    const after = await facts.inherited('kill', 'window', 'window');
    tell('lock after killing its holder', `${after} ms`);
    expect(after).toBeLessThan(2_000);
  });
});
