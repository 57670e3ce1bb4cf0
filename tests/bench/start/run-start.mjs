import { chromium } from '@playwright/test';
import { launchOptions } from '../chromium/run-chromium.mjs';
import { compared, measuredRow, timedRow } from '../report/rows.mjs';
import { spreadOf } from '../statistics.mjs';
import { buildPages, pages } from './build-pages.mjs';
import { loadPage } from './load-page.mjs';
import { serveCompressed } from './serve-compressed.mjs';

export const startCases = [{ name: 'start', run: measureStarts }];

const KB = 1000;
const what = { runtime: 'chromium', size: 1, base: 'rtk' };

/** What is told of a load: a name, what it means, and whether it is a time or an amount. */
const rows = [
  timeOf('rendered', 'start', 'Load a page with a counter on a slow phone, until it shows'),
  timeOf('answered', 'start-answered', 'Load it until it has answered a click'),
  amountOf('received', 'start-bytes', 'What has come over the line by then, compressed'),
  amountOf('all', 'start-all-bytes', 'What has come once nothing more is asked for'),
];

export async function* runStart(cases, options) {
  for (const { run } of cases) yield* await run(options);
}

async function measureStarts({ rounds }) {
  const server = await serveCompressed(await buildPages());
  const browser = await chromium.launch(launchOptions);
  try {
    const loads = await inTurns(browser, server.url, rounds);
    return rows.map((rowOf) => rowOf(loads));
  } finally {
    await browser.close();
    server.close();
  }
}

/** What each page's loads have taken, by its name. */
async function inTurns(browser, url, rounds) {
  const loads = Object.fromEntries(Object.keys(pages).map((name) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (const [name, { app, file }] of Object.entries(pages)) {
      loads[name].push(await loadPage(browser, `${url}/${app}/${file}`));
    }
  }
  return loads;
}

function timeOf(part, name, title) {
  return (loads) =>
    timedRow(
      { ...what, name, title },
      each(loads, (load) => load[part] * 1e6),
    );
}

function amountOf(part, name, title) {
  return (loads) => {
    const amounts = each(loads, (load) => load[part] / KB);
    const medians = Object.entries(amounts).map(([one, kb]) => [one, spreadOf(kb).median]);
    const row = { ...what, name, title, unit: 'kB' };
    return compared(measuredRow(row, Object.fromEntries(medians)));
  };
}

function each(loads, figureOf) {
  return Object.fromEntries(
    Object.entries(loads).map(([name, list]) => [name, list.map(figureOf)]),
  );
}
