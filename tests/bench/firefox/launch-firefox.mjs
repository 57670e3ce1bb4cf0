import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { root } from '../../../tools/paths.mjs';

const executablePath = '/usr/bin/firefox-esr';
const require = createRequire(join(root, 'tests/matrix/browsers/package.json'));

/** A page's clock is as fine as the machine's. */
const extraPrefsFirefox = { 'privacy.reduceTimerPrecision': false };

/** Debian's Firefox by the Puppeteer that the matrix uses; undefined where one of them is not installed. */
export async function launchFirefox() {
  const puppeteer = existsSync(executablePath) && found('puppeteer-core');
  if (!puppeteer) return undefined;
  const { launch } = require(puppeteer);
  return launch({ browser: 'firefox', executablePath, extraPrefsFirefox, headless: true });
}

function found(name) {
  try {
    return require.resolve(name);
  } catch {
    return undefined;
  }
}
