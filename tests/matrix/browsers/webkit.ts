import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import type { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import type { Browser, Tab } from './browser.js';
import { WebDriverSession } from './web-driver.js';

const architecture = { x64: 'x86_64', arm64: 'aarch64' }[process.arch as string];
const binary = `/usr/lib/${architecture}-linux-gnu/webkit2gtk-4.1/MiniBrowser`;

/** Debian's WebKitGTK in its MiniBrowser, on a display of its own, driven by its WebDriver. */
export async function launchWebKit(): Promise<Browser> {
  const [xvfb, display] = await startDisplay();
  const port = await freePort();
  const env = { ...process.env, DISPLAY: display };
  const driver = spawn('WebKitWebDriver', [`--port=${port}`], { env, stdio: 'ignore' });
  const stop = () => [driver, xvfb].forEach((child) => child.kill());
  try {
    const session = await startSession(`http://127.0.0.1:${port}`);
    const close = () => session.end().finally(stop);
    const home = await session.currentTab();
    return { pid: driver.pid!, open: openBeside(session, home), close };
  } catch (error) {
    stop();
    throw error;
  }
}

/** A command goes to the current tab: the switch to it and what follows are one turn. */
class Turns {
  #last: Promise<unknown> = Promise.resolve();

  take<Result>(run: () => Promise<Result>): Promise<Result> {
    const turn = this.#last.then(run);
    this.#last = turn.catch(() => {});
    return turn;
  }
}

/** `home` stays open: no command but a switch works while the current tab is closed. */
function openBeside(session: WebDriverSession, home: string): Browser['open'] {
  const turns = new Turns();
  const open: Browser['open'] = async (url, place) => {
    // A tab opens behind the others of its window, and stays there.
    const handle = await session.newTab(place === 'window' ? 'window' : 'tab');
    await session.switchTo(handle);
    await session.navigate(url);
    const closeNow = async () => {
      await session.switchTo(handle);
      await session.closeTab();
      await session.switchTo(home);
    };
    const close = () => turns.take(closeNow);
    return { evaluate: evaluateIn(session, handle, turns), close };
  };
  return (url, place) => turns.take(() => open(url, place));
}

function evaluateIn(session: WebDriverSession, handle: string, turns: Turns): Tab['evaluate'] {
  return async (run, ...args) => {
    const script = `
      const [args, done] = arguments;
      Promise.resolve(args).then((values) => (${run.toString()})(...values)).then(
        (value) => done({ value }),
        (error) => done({ error: String(error) }),
      );`;
    const answer = await turns.take(async () => {
      await session.switchTo(handle);
      return session.executeAsync(script, [args]);
    });
    const { value, error } = answer as { value: Awaited<ReturnType<typeof run>>; error?: string };
    if (error !== undefined) throw new Error(error);
    return value;
  };
}

/** Xvfb itself picks a display that is free, and tells it on descriptor 3. */
async function startDisplay(): Promise<[ChildProcess, string]> {
  const args = ['-displayfd', '3', '-screen', '0', '1280x800x24', '-nolisten', 'tcp'];
  const xvfb = spawn('Xvfb', args, { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
  const [number] = (await once(xvfb.stdio[3] as Readable, 'data')) as [Buffer];
  return [xvfb, `:${number.toString().trim()}`];
}

async function startSession(driver: string): Promise<WebDriverSession> {
  const options = { binary, args: ['--automation'] };
  for (let tries = 50; ; tries--) {
    try {
      return await WebDriverSession.start(driver, { 'webkitgtk:browserOptions': options });
    } catch (error) {
      // fetch fails so until the driver listens
      if (!(error instanceof TypeError) || tries === 0) throw error;
      await pause(100);
    }
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
