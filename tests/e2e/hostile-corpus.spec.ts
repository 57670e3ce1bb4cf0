import { test as base, expect, type Page } from '@playwright/test';
import {
  attack,
  attackUncloneable,
  openVictim,
  prepareAttack,
  readCorpus,
} from './hostile-tabs.js';
import { openPackagePage } from './package-page.js';

/** A tab with a store, and one that posts on its channel whatever it likes. */
const test = base.extend<{ tabs: { victim: Page; attacker: Page } }>({
  tabs: async ({ context }, provide) => {
    const [victim, attacker] = [await openPackagePage(context), await openPackagePage(context)];
    for (const page of [victim, attacker]) await page.evaluate(readCorpus);
    await attacker.evaluate(prepareAttack);
    await victim.evaluate(openVictim);
    await provide({ victim, attacker });
  },
});

/** The rounds after the messages that come before the corpus. */
async function roundsOf(victim: Page, count: number) {
  const rounds = () => victim.evaluate(() => globalThis.rounds.slice(corpus.before.length));
  await expect.poll(async () => (await rounds()).length).toBe(count);
  return rounds();
}

test('each hostile message of another tab moves one counter and nothing else, and the next good one is applied', async ({
  tabs: { victim, attacker },
}) => {
  const reasons = await attacker.evaluate(attack);
  expect(reasons.length).toBeGreaterThan(430);
  const counted = 1 + (await victim.evaluate(() => corpus.before.length));
  expect(await roundsOf(victim, reasons.length)).toEqual(
    reasons.map((reason, i) => ({
      moved: { accepted: 1, [reason]: 1 },
      told: [reason],
      unchanged: [true],
      state: { seen: counted + 1 + i },
    })),
  );
});

test('what cannot be cloned fails where it is posted: functions, proxies, getters that throw', async ({
  tabs: { victim, attacker },
}) => {
  const uncloneable = Array.from({ length: 6 }, () => 'DataCloneError');
  expect(await attacker.evaluate(attackUncloneable)).toEqual([...uncloneable, 'RangeError']);
  const reasons = await attacker.evaluate(attack);
  const [first] = await roundsOf(victim, reasons.length);
  expect(first?.told).toEqual([reasons[0]]);
});
