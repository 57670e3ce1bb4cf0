// Refreshes screenshot.png, the README's picture: the built demo after a minute of use.

import path from 'node:path';
import { chromium } from '@playwright/test';
import { serveDemo } from './serve.mjs';

const picture = path.join(import.meta.dirname, 'screenshot.png');
const viewport = { width: 1280, height: 900 };

async function useDemo(context, url) {
  const [other, page] = [await context.newPage(), await context.newPage()];
  for (const tab of [other, page]) {
    await tab.goto(`${url}/?restore=0`);
    await tab.getByTestId('add-tea').waitFor();
  }
  for (const button of ['login', 'add-tea', 'add-map', 'act-at-once']) {
    await page.getByTestId(button).click();
  }
  await page.getByTestId('post-malformed').click();
  await page.getByTestId('post-unlisted').click();
  await page.getByTestId('drop').nth(1).waitFor();
  return page;
}

const demo = await serveDemo();
const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: ['--no-sandbox'],
});
try {
  const context = await browser.newContext({ colorScheme: 'light', viewport });
  const page = await useDemo(context, demo.urls.host);
  await page.screenshot({ path: picture });
} finally {
  await browser.close();
  await demo.close();
}
