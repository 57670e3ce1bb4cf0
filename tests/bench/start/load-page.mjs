const KILOBIT = 1000 / 8;

/** Slow 4G, as Lighthouse and the developer tools have it. */
const network = {
  offline: false,
  latency: 150,
  downloadThroughput: 1600 * KILOBIT,
  uploadThroughput: 750 * KILOBIT,
};
const CPU_SLOWDOWN = 4;

/** One load with nothing in any cache: milliseconds until it has `rendered` and `answered`, and what came by then. */
export async function loadPage(browser, url) {
  const context = await browser.newContext();
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send('Network.enable');
  await session.send('Network.emulateNetworkConditions', network);
  await session.send('Emulation.setCPUThrottlingRate', { rate: CPU_SLOWDOWN });
  const traffic = watchTraffic(session);
  await page.goto(url, { waitUntil: 'load' });
  const { rendered, answered } = await page.evaluate(() => globalThis.started);
  await page.waitForLoadState('networkidle');
  await context.close();
  return { rendered, answered, received: traffic.until(answered), all: traffic.until(Infinity) };
}

/** What comes over the line, compressed and with its headers. */
function watchTraffic(session) {
  let asked;
  const received = [];
  const note = (timestamp, bytes) => received.push({ at: (timestamp - asked) * 1000, bytes });
  session.on('Network.requestWillBeSent', ({ timestamp }) => (asked ??= timestamp));
  session.on('Network.responseReceived', ({ timestamp, response }) =>
    note(timestamp, response.encodedDataLength),
  );
  session.on('Network.dataReceived', ({ timestamp, encodedDataLength }) =>
    note(timestamp, encodedDataLength),
  );
  const until = (ms) =>
    received.filter(({ at }) => at <= ms).reduce((sum, { bytes }) => sum + bytes, 0);
  return { until };
}
