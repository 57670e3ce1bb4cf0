import type { Browser } from './browser.js';
import { launchChromium } from './chromium.js';
import { launchFirefox } from './firefox.js';
import { launchWebKit } from './webkit.js';

/** Each browser of the matrix and how it starts; the same assertions run in all. */
export const browsers: [name: string, launch: () => Promise<Browser>][] = [
  ['Chromium', launchChromium],
  ['Firefox', launchFirefox],
  ['WebKit', launchWebKit],
];
