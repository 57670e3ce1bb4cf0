import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium, type Browser } from '@playwright/test';
import { afterAll, beforeAll, expect, it } from 'vitest';
import webpack from 'webpack';
import { wholeChromium } from '../../browsers.js';
import { folder, outputs } from './run.js';

let browser: Browser;
beforeAll(async () => {
  browser = await chromium.launch(wholeChromium);
});
afterAll(() => browser?.close());

it('a page that is opened from the disk runs with isthmus/inline, and so does a second tab', async () => {
  const url = await build('inline');
  const context = await browser.newContext();
  const tabs = [await context.newPage(), await context.newPage()];
  for (const tab of tabs) await tab.goto(url);
  const shown = () => Promise.all(tabs.map((tab) => tab.textContent('button')));
  await expect.poll(shown).toEqual(['0', '0']);
  await tabs[0]!.click('button');
  await expect.poll(shown).toEqual(['1', '1']);
  await context.close();
});

it('with loadEngine() such a page says what it could not load', async () => {
  const page = await browser.newPage();
  await page.goto(await build('fetched'));
  await expect
    .poll(() => page.textContent('button'))
    .toMatch(/engine-load #\d+\(.*file:.*docs\/ERRORS\.md/);
  await page.close();
});

/** A page with a bundle by webpack, and its address on the disk. */
async function build(name: string): Promise<string> {
  const output = path.join(outputs, 'file-page', name);
  await bundle({
    mode: 'production',
    context: path.join(folder, 'page'),
    entry: `./${name}.js`,
    output: { path: output, filename: 'main.js', clean: true },
    performance: false,
  });
  const page = path.join(output, 'index.html');
  await writeFile(page, '<!doctype html><body><script src="main.js"></script></body>');
  return pathToFileURL(page).href;
}

function bundle(options: webpack.Configuration): Promise<void> {
  return new Promise((resolve, reject) => {
    webpack(options, (error, stats) => {
      if (error ?? stats?.hasErrors()) reject(error ?? new Error(stats?.toString('errors-only')));
      else resolve();
    });
  });
}
