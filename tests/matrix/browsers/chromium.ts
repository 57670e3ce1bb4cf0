import { chromium } from '@playwright/test';
import type { Browser, Tab } from './browser.js';

const args = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'];

/** Debian's Chromium, driven by Playwright. */
export async function launchChromium(): Promise<Browser> {
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args });
  const context = await browser.newContext();
  const open = async (url: string): Promise<Tab> => {
    const page = await context.newPage();
    await page.goto(url);
    const evaluate: Tab['evaluate'] = (run, ...values) =>
      page.evaluate(`(${run.toString()})(...${JSON.stringify(values)})`);
    return { evaluate, close: () => page.close() };
  };
  return { open, close: () => browser.close() };
}
