import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Browser, Place, Tab } from './browser.js';
import { processOf } from './processes.js';

declare global {
  /** What the page of page/tab-facts.js offers. */
  var facts: {
    notes: { what: string; at: number }[];
    ticks: number[];
    post(data: string): void;
    ping(): Promise<void>;
    hold(name: string, options?: LockOptions): Promise<number>;
    release(): void;
    giveBackOn(event: string): void;
  };
}

/** Asks one browser what its tabs do with BroadcastChannels and Web Locks. Times are milliseconds. */
export class TabFacts {
  readonly #opened: Tab[] = [];

  private constructor(
    readonly browser: Browser,
    readonly server: Server,
  ) {}

  static async of(browser: Browser): Promise<TabFacts> {
    const script = readFileSync(path.join(import.meta.dirname, 'page/tab-facts.js'), 'utf8');
    const server = createServer(({ url }, response) => {
      // A page tells by itself what its driver may not live to ask.
      if (url!.startsWith('/granted?')) server.emit('granted', Number(url!.split('?')[1]));
      response.writeHead(200, { 'Content-Type': 'text/html' });
      response.end(`<!doctype html><title>facts</title><script>${script}</script>`);
    });
    await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
    return new TabFacts(browser, server);
  }

  async closeTabs(): Promise<void> {
    for (const tab of this.#opened.splice(0)) await tab.close().catch(() => {}); // some are closed
  }

  close(): void {
    this.server.close();
    this.server.closeAllConnections();
  }

  /** The least steps of both clocks, and how long what costs little takes. */
  async times() {
    await this.#open('window');
    const tab = await this.#open('window');
    return tab.evaluate(async () => {
      const step = (now: () => number) => {
        const seen = new Set<number>();
        for (const end = now() + 200; now() < end;) seen.add(now());
        return Math.min(...[...seen].map((time, i, all) => time - (all[i - 1] ?? -Infinity)));
      };
      // The clocks are coarse: the mean of many in a row.
      const mean = async (run: (i: number) => Promise<unknown>) => {
        const start = performance.now();
        for (let i = 0; i < 300; i++) await run(i);
        return (performance.now() - start) / 300;
      };
      return {
        'step of performance.now()': step(() => performance.now()),
        'step of Date.now()': step(() => Date.now()),
        'message, one way': (await mean(() => facts.ping())) / 2,
        'locks.query()': await mean(() => navigator.locks.query()),
        'a free lock': await mean((i) => navigator.locks.request(`free ${i}`, () => {})),
      };
    });
  }

  /** What a page notes that asks for a lock in vain, and then gets it though another waiter was closed. */
  async waiting() {
    const holder = await this.#open('window');
    const waiter = await this.#open('window');
    await holder.evaluate(() => facts.hold('busy'));
    const closing = await this.#open('behind');
    await closing.evaluate(() => void facts.hold('busy'));
    await closing.close();
    const noted = await waiter.evaluate(async () => {
      await facts.hold('busy', { ifAvailable: true });
      const answer = facts.hold('busy');
      facts.release();
      await answer;
      return facts.notes.map(({ what }) => what);
    });
    await waiter.evaluate(() => void facts.hold('busy'));
    const released = await holder.evaluate(() => {
      facts.release();
      return Date.now();
    });
    await pause(500);
    const granted = await waiter.evaluate(() => facts.notes.at(-1)!);
    return { noted: [...noted, granted.what], afterRelease: granted.at - released };
  }

  /** From the command that ends the holder's tab, or its process, until the next has the lock. */
  async inherited(how: 'close' | 'kill', holderAt: Place, waiterAt: Place): Promise<number> {
    const waiter = await this.#open(waiterAt);
    const holder = await this.#open(holderAt);
    const pid = await processOf(this.browser, holder, [waiter]);
    await holder.evaluate(() => facts.hold('keeper'));
    await waiter.evaluate(() => void facts.hold('keeper').then((at) => fetch(`/granted?${at}`)));
    await pause(100);
    const granted = once(this.server, 'granted');
    const start = Date.now();
    if (how === 'kill') process.kill(pid, 'SIGKILL');
    else await holder.close();
    return ((await granted) as [number])[0] - start;
  }

  /** How many of 50 messages that the old holder had posted came after the lock, in each round. */
  async overtaken(rounds: number): Promise<number[]> {
    const holder = await this.#open('window');
    const waiter = await this.#open('window');
    const counts: number[] = [];
    while (counts.length < rounds) {
      await holder.evaluate(() => facts.hold('cut'));
      await waiter.evaluate(() => void facts.hold('cut'));
      await pause(50);
      await holder.evaluate(() => {
        for (let i = 0; i < 50; i++) facts.post('last words');
        facts.release();
      });
      await pause(200);
      const noted = await waiter.evaluate(() => {
        facts.release();
        return facts.notes.splice(0).map(({ what }) => what);
      });
      if (noted.length !== 51) throw new Error(`Of 50 messages and a lock ${noted.length} came.`);
      counts.push(50 - noted.indexOf('granted cut'));
    }
    return counts;
  }

  /** The latest of the messages to a hidden page, and the longest gaps of its timer of 50 ms. */
  async hidden(duration: number) {
    const hidden = await this.#open('behind');
    const front = await this.#open('window');
    const from = Date.now() + 1_000;
    while (Date.now() < from + duration) {
      await pause(100);
      await front.evaluate(() => facts.post(String(Date.now())));
    }
    return hidden.evaluate((start) => {
      const ticks = facts.ticks.filter((at) => at > start);
      return {
        state: document.visibilityState,
        latest: Math.max(...facts.notes.map(({ what, at }) => at - Number(what))),
        gap: Math.max(...ticks.map((at, i) => at - (ticks[i - 1] ?? at))),
      };
    }, from);
  }

  /** What a page notes that comes back, and from when on others had what it held or waited for. */
  async away(lock: 'none' | 'held' | 'waited for', giveBackOn: string, posted: boolean) {
    const other = await this.#open('window');
    const page = await this.#open('window');
    if (lock === 'waited for') await other.evaluate(() => facts.hold('away'));
    if (lock !== 'none') await page.evaluate(() => void facts.hold('away'));
    await pause(100);
    await page.evaluate((event) => {
      facts.giveBackOn(event);
      setTimeout(() => (location.href = '/other'));
    }, giveBackOn);
    await arrival(page, '/other');
    if (posted) await other.evaluate(() => facts.post('meanwhile'));
    const free = await other.evaluate(() => {
      facts.release();
      const start = Date.now();
      const never = new Promise<number>((resolve) => setTimeout(resolve, 2_000, Infinity));
      return Promise.race([facts.hold('away').then((at) => at - start), never]).then(String);
    });
    await other.evaluate(() => facts.release());
    await page.evaluate(() => void setTimeout(() => history.back()));
    await arrival(page, '/');
    await other.evaluate(() => facts.post('afterwards'));
    await pause(300);
    const noted = await page.evaluate(() => facts.notes.map(({ what }) => what));
    return { free: Number(free), noted };
  }

  /** How long a theft takes, and when the old holder, stopped for a second or not, learns of it. */
  async stolen(holderAt: Place, stopped: boolean) {
    const holder = await this.#open(holderAt);
    const thief = await this.#open('window');
    const pid = await processOf(this.browser, holder, [thief]);
    await holder.evaluate(() => facts.hold('mine'));
    if (stopped) process.kill(pid, 'SIGSTOP');
    await pause(300); // a busy machine takes its time to stop it
    const start = Date.now();
    const granted = await thief.evaluate(() => facts.hold('mine', { steal: true }));
    await pause(1_000);
    if (stopped) process.kill(pid, 'SIGCONT');
    await pause(1_000);
    const [, loss] = await holder.evaluate(() => facts.notes);
    return { took: granted - start, loss: loss?.what, learnt: loss && loss.at - granted };
  }

  async #open(place: Place): Promise<Tab> {
    const { port } = this.server.address() as AddressInfo;
    const tab = await this.browser.open(`http://localhost:${port}/`, place);
    this.#opened.push(tab);
    return tab;
  }
}

/** Resolves when the tab shows that path. */
async function arrival(tab: Tab, pathname: string): Promise<void> {
  for (let tries = 100; tries > 0; tries--) {
    await pause(100);
    // While pages change there is none that could answer.
    const shown = tab.evaluate(() => (document.readyState === 'complete' ? location.pathname : ''));
    if ((await shown.catch(() => '')) === pathname) return;
  }
  throw new Error(`The tab never showed ${pathname}.`);
}
