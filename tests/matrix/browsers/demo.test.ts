import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { buildDemo } from '../../../tools/build-demo.mjs';
import { serveDemo, type DemoServer } from '../../../webpack/demo/serve.mjs';
import type { Browser, Tab } from './browser.js';
import { browsers } from './browsers.js';

let demo: DemoServer;
beforeAll(() => buildDemo());
// An origin of its own for each test: what the tabs of the one before have stored is elsewhere.
beforeEach(async () => {
  demo = await serveDemo({ ports: { host: 0, cart: 0, profile: 0 } });
});
afterEach(() => demo?.close());

const text = (tab: Tab, testId: string) =>
  tab.evaluate((id) => document.querySelector(`[data-testid="${id}"]`)?.textContent, testId);
const click = (tab: Tab, testId: string) =>
  tab.evaluate(
    (id) => document.querySelector<HTMLElement>(`[data-testid="${id}"]`)!.click(),
    testId,
  );

/** A tab of the demo with both remotes mounted. */
async function open(browser: Browser): Promise<Tab> {
  const tab = await browser.open(`${demo.urls.host}/?restore=0`);
  for (const testId of ['add-tea', 'display-name']) {
    await expect.poll(() => text(tab, testId)).toEqual(expect.any(String));
  }
  return tab;
}

describe.each(browsers)('the demo in %s', (_name, launch) => {
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

  it('a login and a cart cross to the other tab, without the token', async () => {
    await click(a!, 'login');
    await expect.poll(() => text(b!, 'user')).toBe('Ada Lovelace');
    await click(b!, 'add-tea');
    await expect.poll(() => text(a!, 'qty-tea')).toBe('1');
    const token = () => isthmusDemo.store.read(['session', 'token']);
    const [ofA, ofB] = [await a!.evaluate(token), await b!.evaluate(token)];
    expect([ofA, ofB]).toEqual([
      expect.stringMatching(/^tok_ada_/),
      expect.stringMatching(/^tok_ada_/),
    ]);
    expect(ofA).not.toBe(ofB);
  });

  it('two tabs that act at once agree on one tenant, and each has the teas of both', async () => {
    await expect.poll(() => text(a!, 'peer')).toEqual(expect.any(String));
    await click(a!, 'act-at-once');
    for (const tab of [a!, b!]) {
      await expect.poll(() => text(tab, 'qty-tea')).toBe('2');
      const tentative = () => tab.evaluate(() => isthmusDemo.store.inspect().log?.tentative);
      await expect.poll(tentative).toBe(0);
    }
    await expect.poll(() => text(b!, 'tenant')).toBe(await text(a!, 'tenant'));
  });

  it('malformed and unlisted messages are dropped, and the panel says why', async () => {
    const state = () => JSON.stringify(isthmusDemo.store.getState());
    const before = await b!.evaluate(state);
    await click(a!, 'post-malformed');
    await click(a!, 'post-unlisted');
    const dropped = () => b!.evaluate(() => isthmusDemo.store.bridge.counters().dropped);
    await expect.poll(dropped).toEqual({ type: 1, protocol: 1 });
    expect(await b!.evaluate(state)).toBe(before);
    await expect.poll(() => text(b!, 'drop')).toMatch(/admin\/grant/);
  });
});
