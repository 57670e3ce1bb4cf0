import { launch } from 'puppeteer-core';
import type { Browser, Tab } from './browser.js';

/** Debian's Firefox ESR, driven by Puppeteer over WebDriver BiDi. */
export async function launchFirefox(): Promise<Browser> {
  const executablePath = '/usr/bin/firefox-esr';
  const browser = await launch({ browser: 'firefox', executablePath, headless: true });
  const open = async (url: string): Promise<Tab> => {
    const page = await browser.newPage();
    await page.goto(url);
    const evaluate: Tab['evaluate'] = async (run, ...values) =>
      (await page.evaluate(`(${run.toString()})(...${JSON.stringify(values)})`)) as Awaited<
        ReturnType<typeof run>
      >;
    return { evaluate, close: () => page.close() };
  };
  return { open, close: () => browser.close() };
}
