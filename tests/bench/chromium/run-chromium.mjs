import { chromium } from '@playwright/test';
import { timedRow } from '../report/rows.mjs';
import { servePage } from './serve-page.mjs';

const launchOptions = {
  executablePath: '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--js-flags=--expose-gc'],
};

/** The timed cases in Chromium, each in a page of its own; so are the contenders of some. */
export async function* runChromium(cases, { rounds, roundMs }) {
  const server = await servePage();
  const browser = await chromium.launch(launchOptions);
  try {
    for (const { name, title, sizes, alone } of cases) {
      for (const size of sizes) {
        const input = { name, size, rounds, roundMs };
        const times = {};
        for (const names of alone?.map((one) => [one]) ?? [undefined]) {
          Object.assign(times, await measureInPage(browser, server.url, { ...input, names }));
        }
        yield timedRow({ name, title, runtime: 'chromium', size }, times);
      }
    }
  } finally {
    await browser.close();
    server.close();
  }
}

async function measureInPage(browser, url, input) {
  const page = await browser.newPage();
  await page.goto(url, { waitUntil: 'load' });
  const times = await page.evaluate((given) => globalThis.measureCase(given), input);
  await page.close();
  return times;
}
