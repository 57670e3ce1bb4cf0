import { test as base, expect, type Page } from '@playwright/test';
import type { BridgeCounters } from 'isthmus';
import type { Baseline } from 'isthmus/testing';
import { FederatedPage } from './federated-page.js';
import { keepWasmMemories, memoryOf } from './page-load.js';

declare global {
  /** What the page of tests/e2e/cycles offers. */
  var cycling: {
    /** Mounts and unmounts the remote; resolves with how often it got a message meanwhile. */
    run(times: number): Promise<number>;
    takeBaseline(): Baseline;
    assertNoLeaks(before: Baseline): void;
    counters(): BridgeCounters;
    state(): object;
    /** Sends one action after the other to the other tabs, until `stop()`. */
    send(): Promise<void>;
    stop(): void;
  };
}

const CYCLES = Number(process.env['ISTHMUS_CYCLES'] ?? 1_000);
const WARM_UP = 1000;
const MB = 1e6;

const test = base.extend<{ openPage(): Promise<Page> }, { federated: FederatedPage }>({
  federated: [
    // eslint-disable-next-line no-empty-pattern -- Playwright reads the pattern to find fixtures
    async ({}, provide) => {
      const federated = await FederatedPage.build('cycles', ['host', 'cart']);
      await provide(federated);
      federated.close();
    },
    { scope: 'worker', timeout: 180_000 },
  ],
  openPage: async ({ context, federated }, provide) => {
    const errors: string[] = [];
    await provide(async () => {
      const page = await context.newPage();
      page.on('pageerror', ({ message }) => errors.push(message));
      await page.addInitScript(keepWasmMemories);
      await page.goto(federated.url);
      await page.waitForFunction(() => 'cycling' in globalThis);
      return page;
    });
    expect(errors).toEqual([]);
  },
});

/** What the browser holds for a page, after a collection. */
async function holdings(page: Page) {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable');
  const { heap, wasm } = await memoryOf(page);
  const { metrics } = await session.send('Performance.getMetrics');
  await session.detach();
  const count = (name: string) => metrics.find((metric) => metric.name === name)!.value;
  return { heap, wasm, nodes: count('Nodes'), domListeners: count('JSEventListeners') };
}

test(`${CYCLES} mounts and unmounts of a remote, with messages coming in, leave nothing behind`, async ({
  openPage,
}) => {
  test.setTimeout(60_000 + CYCLES * 20);
  const [page, other] = [await openPage(), await openPage()];
  const sending = other.evaluate(() => cycling.send());
  const cycle = (times: number) => page.evaluate((count) => cycling.run(count), times);
  await cycle(WARM_UP); // what is compiled or kept once is there from here on
  const before = await holdings(page);
  const baseline = await page.evaluate(() => cycling.takeBaseline());

  const start = performance.now();
  const reached = await cycle(CYCLES);
  const seconds = (performance.now() - start) / 1000;
  await other.evaluate(() => cycling.stop());
  await sending;

  await page.evaluate((held) => cycling.assertNoLeaks(held), baseline);
  expect(await page.evaluate(() => cycling.takeBaseline())).toEqual(baseline);
  expect(await page.evaluate(() => cycling.state())).toEqual({});
  const { accepted, dropped, limited } = await page.evaluate(() => cycling.counters());
  expect([dropped, limited]).toEqual([{}, 0]);
  expect(reached).toBeGreaterThan(CYCLES / 100);
  const after = await holdings(page);
  const grown = after.heap - before.heap;
  const figures = `${seconds.toFixed(1)} s, ${accepted} messages, ${reached} cycles with some of them; heap ${Math.round(grown / 1000)} kB more than ${(before.heap / MB).toFixed(1)} MB; wasm ${after.wasm / MB} MB`;
  console.log(figures);
  expect(grown).toBeLessThan(MB / 2);
  expect(after.nodes - before.nodes).toBeLessThan(20); // React keeps the last tree for a while
  expect([after.wasm, after.domListeners]).toEqual([before.wasm, before.domListeners]);
});
