// Where a contender is alone and nothing is compiled yet, by runtime: { first(name), close() }, or nothing
// where the machine lacks it.

import { chromium } from '@playwright/test';
import { launchOptions } from '../chromium/run-chromium.mjs';
import { servePage } from '../chromium/serve-page.mjs';
import { launchFirefox } from '../firefox/launch-firefox.mjs';
import { runChild } from '../node/run-child.mjs';

export const realms = { node: processes, chromium: chromiumPages, firefox: firefoxPages };

async function processes() {
  return { first: (name) => runChild('cold/time-first.mjs', name), close: () => undefined };
}

async function chromiumPages() {
  const browser = await chromium.launch(launchOptions);
  return pagesOf(browser, () => browser.newContext());
}

async function firefoxPages() {
  const browser = await launchFirefox();
  if (browser === undefined) return undefined;
  return pagesOf(browser, () => browser.createBrowserContext());
}

/** Contexts share neither processes nor caches. */
async function pagesOf(browser, newContext) {
  const server = await servePage('cold/page.mjs');
  let opened = 0;
  const first = async (name) => {
    const context = await newContext();
    const page = await context.newPage();
    opened += 1;
    await page.goto(`${server.url}/realm-${opened}/`, { waitUntil: 'load' });
    const times = await page.evaluate((given) => globalThis.firstDispatches(given), name);
    await context.close();
    return times;
  };
  return { first, close: async () => (await browser.close(), server.close()) };
}
