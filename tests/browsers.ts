// Debian's Chromium, for Playwright and vitest.

const args = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export const wholeChromium = { executablePath: '/usr/bin/chromium', args };
/** Blink and V8 without the rest of the browser: a page takes half the time. */
export const headlessShell = { executablePath: '/usr/bin/chromium-headless-shell', args };

/** Whether all tests take the whole of Chromium, as in .ci/run. */
export const takesWhole = Boolean(process.env['ISTHMUS_WHOLE_BROWSER']);
