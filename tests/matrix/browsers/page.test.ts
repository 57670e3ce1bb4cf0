import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Browser, Tab } from './browser.js';
import { browsers } from './browsers.js';
import { FederatedPage } from './federated-page.js';

let page: FederatedPage;
beforeAll(async () => {
  page = await FederatedPage.build();
});
afterAll(() => page.close());

const read = (tab: Tab) => tab.evaluate(() => matrix.store.read(['cart', 'count']));
const text = (tab: Tab, id: string) =>
  tab.evaluate((name) => document.getElementById(name)?.textContent, id);
const click = (tab: Tab, id: string) =>
  tab.evaluate((name) => document.getElementById(name)?.click(), id);

async function open(browser: Browser, search = ''): Promise<Tab> {
  const tab = await browser.open(`${page.url}/${search}`);
  await expect.poll(() => text(tab, 'in-remote')).toBe('0');
  return tab;
}

const envelope = {
  isthmus: 1,
  sender: 'another-tab',
  from: 'shared',
  seq: 1,
  clock: 0,
  schemaVersion: 1,
  action: { type: 'cart/add', payload: 1, meta: { crossApp: true } },
};
const withAction = (changes: object) => ({
  ...envelope,
  action: { ...envelope.action, ...changes },
});
const invalid = {
  protocol: { ...envelope, isthmus: 99 },
  type: withAction({ type: 'admin/grant' }),
  schema: withAction({ payload: -1 }),
  version: { ...envelope, schemaVersion: 2 },
};

describe.each(browsers)('in %s', (_name, launch) => {
  let browser: Browser;
  let [a, b]: Tab[] = [];
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser?.close());
  beforeEach(async () => {
    [a, b] = [await open(browser), await open(browser)];
  });
  afterEach(async () => {
    for (const tab of [a, b]) await tab?.close();
  });

  it('host and remote of two origins share one engine and one store', async () => {
    const ofHost = await a!.evaluate(() => matrix.store.__mfId);
    expect(await text(a!, 'store-of-remote')).toBe(ofHost);
    const { engines, copies } = await a!.evaluate(() => {
      const { engines, copies } = matrix.store.inspect();
      return { engines, copies: copies.length };
    });
    expect({ engines, copies }).toEqual({ engines: 1, copies: 1 });
  });

  it('an action of a native slice goes through wasm, and useSharedValue renders it', async () => {
    for (let i = 0; i < 3; i++) await click(a!, 'add-here');
    await expect.poll(() => text(a!, 'in-remote')).toBe('3');
    expect(await text(a!, 'in-host')).toBe('3');
    const kinds = () => matrix.store.inspect().slices.map(({ key, kind }) => `${key}: ${kind}`);
    expect(await a!.evaluate(kinds)).toEqual(['cart: native']);
  });

  it('a marked action crosses to another tab, and an unmarked one stays', async () => {
    await click(a!, 'add-here');
    await click(a!, 'add');
    await expect.poll(() => text(b!, 'in-host')).toBe('1');
    expect(await read(a!)).toBe(2);
    expect(await b!.evaluate(() => matrix.store.bridge.counters().accepted)).toBe(1);
    await click(b!, 'add');
    await expect.poll(() => read(a!)).toBe(3);
  });

  it('what is invalid is dropped with its reason, and the next good one is applied', async () => {
    await b!.evaluate(
      (messages, good) => {
        const channel = new BroadcastChannel('isthmus');
        const clock = Date.now();
        [...messages, good].forEach((message, i) =>
          channel.postMessage({ ...message, clock, seq: 1 + i }),
        );
      },
      Object.values(invalid),
      envelope,
    );
    await expect.poll(() => read(a!)).toBe(1);
    expect(await a!.evaluate(() => matrix.drops)).toEqual(Object.keys(invalid));
    const { accepted, dropped } = await a!.evaluate(() => matrix.store.bridge.counters());
    const once = Object.fromEntries(Object.keys(invalid).map((reason) => [reason, 1]));
    expect({ accepted, dropped }).toEqual({ accepted: 1, dropped: once });
  });

  it("the policy script-src 'self' 'wasm-unsafe-eval' is in force and was never broken", async () => {
    const violations = () => a!.evaluate(() => matrix.violations);
    expect(await violations()).toEqual([]);
    expect(await a!.evaluate(() => matrix.tryEval())).toBe('EvalError');
    await expect.poll(violations).toEqual(['script-src']);
  });

  it('isthmus/inline works as well and fetches no wasm', async () => {
    const fetched = () =>
      performance.getEntriesByType('resource').filter(({ name }) => name.endsWith('.wasm')).length;
    expect(await a!.evaluate(fetched)).toBe(1);
    const inline = await open(browser, '?inline');
    try {
      await click(inline, 'add');
      await expect.poll(() => text(b!, 'in-host')).toBe('1');
      expect(await inline.evaluate(fetched)).toBe(0);
    } finally {
      await inline.close();
    }
  });
});
