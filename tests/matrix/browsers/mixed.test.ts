import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  hosts,
  MixedApps,
  stateOnceWritten,
  type Bundler,
  type ServedApp,
} from '../bundlers/mixed-page.js';
import type { Browser } from './browser.js';
import { browsers } from './browsers.js';

/** What ../bundlers/src/page.js offers. */
interface MixedPage {
  storeIds(): string[];
  write(text: string): void;
  state(): Record<string, string[]>;
}

let mixed: MixedApps;
const pages = new Map<Bundler, ServedApp>();
beforeAll(async () => {
  mixed = await MixedApps.build();
  for (const host of hosts) pages.set(host, await mixed.host(host));
});
afterAll(() => mixed?.close());

// Chromium has more of this in ../bundlers/mixed.spec.ts.
describe.each(browsers)('in %s', (_name, launch) => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser?.close());

  it.each(hosts)('a host by %s and remotes by the other bundlers have one store', async (host) => {
    const tab = await browser.open(pages.get(host)!.url);
    const shown = () => tab.evaluate(() => [...document.querySelectorAll('p')].length);
    await expect.poll(shown).toBe(4);
    const { ids, state } = await tab.evaluate(() => {
      const page = (globalThis as unknown as { matrix: MixedPage }).matrix;
      page.write('writes');
      return { ids: page.storeIds(), state: page.state() };
    });
    expect(ids).toEqual(Array.from({ length: 4 }, () => ids[0]));
    expect(state).toEqual(stateOnceWritten(host, 'writes'));
    const texts = () =>
      tab.evaluate(() => [...document.querySelectorAll('p')].map((p) => p.textContent));
    const rendered = Object.values(stateOnceWritten(host, 'writes')).map((notes) =>
      notes.join(', '),
    );
    await expect.poll(async () => (await texts()).sort()).toEqual(rendered.sort());
    await tab.close();
  });
});
