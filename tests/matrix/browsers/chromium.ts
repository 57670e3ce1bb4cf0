import type { Browser } from './browser.js';
import { launchByPuppeteer } from './puppeteer.js';

const args = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'];
/** With these, which Puppeteer gives by itself, the timers of hidden tabs run as in visible ones. */
const ignoreDefaultArgs = [
  '--disable-background-timer-throttling',
  '--disable-backgrounding-occluded-windows',
  '--disable-renderer-backgrounding',
];

/** Debian's Chromium, driven by Puppeteer: Playwright would keep all tabs visible, and no page in the cache. */
export function launchChromium(): Promise<Browser> {
  const executablePath = '/usr/bin/chromium';
  return launchByPuppeteer({ browser: 'chrome', executablePath, args, ignoreDefaultArgs });
}
