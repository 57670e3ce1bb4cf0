import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { chromium, type Browser, type BrowserContext, type Page } from '@playwright/test';
import { build } from 'esbuild';

const args = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'];
const origin = 'https://isthmus.test';
const policy = "default-src 'none'; connect-src 'self'; script-src 'self' 'wasm-unsafe-eval'";

export function launch(): Promise<Browser> {
  return chromium.launch({ executablePath: '/usr/bin/chromium', args });
}

interface Bundle {
  /** The folder whose node_modules are meant. */
  readonly folder: string;
  /** What each tab runs, as a path from the folder. Its `open()` gives what tests call. */
  readonly module: string;
  /** Tabs of the same profile that run something else. */
  readonly beside?: Tabs<unknown>;
  /** Packages in the place of others. */
  readonly alias?: Record<string, string>;
}

/** Real tabs of one browser profile, all of which have loaded the same module. */
export class Tabs<App> {
  readonly #serve: (page: Page) => Promise<void>;

  private constructor(
    readonly context: BrowserContext,
    serve: (page: Page) => Promise<void>,
  ) {
    this.#serve = serve;
  }

  static async of<App>(
    browser: Browser,
    { folder, module, alias, beside }: Bundle,
  ): Promise<Tabs<App>> {
    const contents = `import { open } from './${module}'; globalThis.app = await open();`;
    const { outputFiles } = await build({
      absWorkingDir: folder,
      stdin: { contents, resolveDir: folder },
      bundle: true,
      write: false,
      format: 'esm',
      platform: 'browser',
      define: { 'process.env.NODE_ENV': '"development"', global: 'globalThis' },
      alias: alias ?? {},
      tsconfigRaw: {},
      logLevel: 'error',
    });
    const files = new Map([
      [
        '/',
        [
          'text/html',
          '<!doctype html><div id="root"></div><script type="module" src="/main.js"></script>',
        ],
      ],
      ['/main.js', ['text/javascript', outputFiles[0]!.text]],
    ] as const);
    const dist = path.join(folder, 'node_modules/isthmus/dist');
    return new Tabs(beside?.context ?? (await browser.newContext()), async (page) => {
      await page.route(`${origin}/**`, async (route) => {
        const { pathname } = new URL(route.request().url());
        if (pathname.endsWith('.wasm')) {
          const body = await readFile(path.join(dist, pathname));
          return route.fulfill({ contentType: 'application/wasm', body });
        }
        const [contentType, body] = files.get(pathname as '/') ?? ['text/plain', ''];
        return route.fulfill({ contentType, body, headers: { 'Content-Security-Policy': policy } });
      });
    });
  }

  async open(): Promise<Tab<App>> {
    const page = await this.context.newPage();
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(String(error)));
    await this.#serve(page);
    await page.goto(origin);
    await page.waitForFunction(() => 'app' in globalThis);
    return new Tab<App>(page, errors);
  }

  close(): Promise<void> {
    return this.context.close();
  }
}

export class Tab<App> {
  constructor(
    readonly page: Page,
    readonly errors: readonly string[],
  ) {}

  /** Calls the function in the tab: it sees nothing of what is around it here but its argument. */
  run<Result, Arg = undefined>(
    call: (app: App, arg: Arg) => Result | Promise<Result>,
    arg?: Arg,
  ): Promise<Result> {
    const given = JSON.stringify(arg) ?? 'undefined';
    return this.page.evaluate(`(${call.toString()})(globalThis.app, ${given})`);
  }

  /** The same at a given moment, before and after which the tab hears nothing for a while. */
  runAt<Result, Arg = undefined>(
    moment: number,
    call: (app: App, arg: Arg) => Result,
    arg?: Arg,
  ): Promise<Result> {
    const given = JSON.stringify(arg) ?? 'undefined';
    return this.page.evaluate(`(() => {
      while (Date.now() < ${moment});
      const result = (${call.toString()})(globalThis.app, ${given});
      while (Date.now() < ${moment + 100});
      return result;
    })()`);
  }
}
