import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { chromium, type Browser, type Page } from '@playwright/test';
import webpack, { type StatsCompilation } from 'webpack';

const repository = path.resolve(import.meta.dirname, '../../..');
const args = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'];
const origin = 'https://isthmus.test';
const policy = "default-src 'none'; connect-src 'self'; script-src 'self' 'wasm-unsafe-eval'";
const types: Record<string, string> = { js: 'text/javascript', wasm: 'application/wasm' };

export const installed = path.join(import.meta.dirname, 'node_modules');
export const installedInProject = path.join(repository, 'node_modules');

/** A page of pages/, built by webpack; its packages are looked for in the folders given, in order. */
export class BuiltPage {
  private constructor(
    readonly folder: string,
    readonly files: readonly string[],
  ) {}

  static async build(name: string, folders: readonly string[]): Promise<BuiltPage> {
    const output = path.join(repository, 'build/matrix-apps', `${name}-${folders.length}`);
    const stats = await runWebpack({
      mode: 'production',
      devtool: false,
      context: import.meta.dirname,
      entry: `./pages/${name}.js`,
      output: { path: output, filename: 'main.js', publicPath: '/', clean: true },
      optimization: { minimize: false, concatenateModules: false },
      performance: false,
      resolve: { modules: [...folders] },
    });
    const files = (stats.modules ?? []).map(({ nameForCondition }) => nameForCondition ?? '');
    return new BuiltPage(output, files);
  }

  /** The folders of node_modules from which files of a package came. */
  sourcesOf(packageName: string): string[] {
    const inside = `/node_modules/${packageName}/`;
    const used = this.files.filter((file) => file.includes(inside));
    return [...new Set(used.map((file) => file.slice(0, file.indexOf(inside)) + '/node_modules'))];
  }

  async open(browser: Browser): Promise<Page> {
    const page = await browser.newPage();
    await page.route(`${origin}/**`, async (route) => {
      const { pathname } = new URL(route.request().url());
      const contentType = types[pathname.split('.').at(-1) ?? ''];
      if (contentType !== undefined) {
        return route.fulfill({ contentType, body: await readFile(this.folder + pathname) });
      }
      const headers = { 'Content-Security-Policy': policy };
      const body = '<!doctype html><div id="root"></div><script src="/main.js"></script>';
      return route.fulfill({ contentType: 'text/html', headers, body });
    });
    await page.goto(origin);
    await page.waitForFunction(() => 'page' in globalThis);
    return page;
  }
}

export function launch(): Promise<Browser> {
  return chromium.launch({ executablePath: '/usr/bin/chromium', args });
}

function runWebpack(options: webpack.Configuration): Promise<StatsCompilation> {
  return new Promise((resolve, reject) => {
    webpack(options, (error, stats) => {
      if (error || !stats) return reject(error);
      if (stats.hasErrors()) return reject(new Error(stats.toString('errors-only')));
      resolve(stats.toJson({ all: false, modules: true, nestedModules: true, modulesSpace: 9999 }));
    });
  });
}
