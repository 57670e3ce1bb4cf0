import { chromium } from '@playwright/test';
import { timedRow } from '../report/rows.mjs';
import { servePage } from './serve-page.mjs';

export const launchOptions = {
  executablePath: '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--js-flags=--expose-gc'],
};

/** How many pages a contender gets that is alone in its page: where they end up in memory differs. */
const PAGES = 5;

/** The timed cases in Chromium, each in a page of its own; contenders of some have pages of their own. */
export async function* runChromium(cases, { rounds, roundMs }) {
  const server = await servePage('chromium/page.mjs');
  const browser = await chromium.launch(launchOptions);
  try {
    for (const { name, title, sizes, alone, partner } of cases) {
      for (const size of sizes) {
        const open = (input) =>
          measureInPage(browser, server.url, { name, size, roundMs, ...input }, partner);
        const times = alone
          ? await inTurns(alone, (one) => open({ names: [one], rounds: Math.ceil(rounds / PAGES) }))
          : await open({ rounds });
        yield timedRow({ name, title, runtime: 'chromium', size }, times);
      }
    }
  } finally {
    await browser.close();
    server.close();
  }
}

async function inTurns(contenders, measured) {
  const times = Object.fromEntries(contenders.map((name) => [name, []]));
  for (let turn = 0; turn < PAGES; turn++) {
    for (const name of contenders) times[name].push(...(await measured(name))[name]);
  }
  return times;
}

async function measureInPage(browser, url, input, hasPartner) {
  const context = await browser.newContext();
  const open = async () => {
    const page = await context.newPage();
    await page.goto(url, { waitUntil: 'load' });
    return page;
  };
  if (hasPartner) {
    const other = await open();
    await other.evaluate((name) => globalThis.partnerOfCase(name), input.name);
  }
  const page = await open();
  const times = await page.evaluate((given) => globalThis.measureCase(given), input);
  await context.close();
  return times;
}
