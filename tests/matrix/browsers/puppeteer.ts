import { launch, type LaunchOptions, type Page } from 'puppeteer-core';
import type { Browser, Place, Tab } from './browser.js';

/** A browser driven by Puppeteer: Firefox over WebDriver BiDi, Chromium over its own protocol. */
export async function launchByPuppeteer(options: LaunchOptions): Promise<Browser> {
  const browser = await launch({ ...options, headless: true });
  const newPage = (place: Place): Promise<Page> => {
    if (place === 'window') return browser.newPage({ type: 'window' });
    return browser.newPage({ background: place === 'behind' });
  };
  const open = async (url: string, place: Place = 'tab'): Promise<Tab> => {
    const page = await newPage(place);
    await page.goto(url);
    const evaluate: Tab['evaluate'] = async (run, ...values) =>
      (await page.evaluate(`(${run.toString()})(...${JSON.stringify(values)})`)) as Awaited<
        ReturnType<typeof run>
      >;
    return { evaluate, close: () => page.close() };
  };
  return { pid: browser.process()!.pid!, open, close: () => browser.close() };
}
