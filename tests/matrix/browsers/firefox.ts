import type { Browser } from './browser.js';
import { launchByPuppeteer } from './puppeteer.js';

/** As for users, tabs have processes of their own; Puppeteer would put all into one. */
const extraPrefsFirefox = { 'fission.webContentIsolationStrategy': 1 };

/** Debian's Firefox ESR, driven by Puppeteer over WebDriver BiDi. */
export function launchFirefox(): Promise<Browser> {
  const executablePath = '/usr/bin/firefox-esr';
  return launchByPuppeteer({ browser: 'firefox', executablePath, extraPrefsFirefox });
}
