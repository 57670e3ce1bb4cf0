// A host and a remote of equal versions, of which webpack takes isthmus from the remote, since its name sorts last: the
// engine lies beside that one, where this page may not get it. The host is to live on.

import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import HtmlWebpackPlugin from 'html-webpack-plugin';
import { IsthmusFederationPlugin } from 'isthmus/webpack';
import webpack, { type Configuration } from 'webpack';

const HOST = 'http://host.test/';
const REMOTE = 'http://remote.test/';
const remotes = { remote: `zRemote@${REMOTE}remoteEntry.js` };
const exposes = { './count': './count.js' };
const types: Record<string, string> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.wasm': 'application/wasm',
};

// The builds are made once.
test.describe.configure({ mode: 'default' });

let folder = '';

test.beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'isthmus-places-'));
  const host = new IsthmusFederationPlugin({ name: 'aHost', remotes });
  const plugins = [host, new HtmlWebpackPlugin({ title: 'Host' })];
  await build('host', { name: 'aHost', entry: './host.js', plugins });
  const filename = 'remoteEntry.js';
  const remote = new IsthmusFederationPlugin({ name: 'zRemote', filename, exposes });
  await build('remote', { name: 'zRemote', entry: {}, plugins: [remote] });
  // What the builder of Angular says of addresses, in a build without our plugin's care for the engine.
  const asAngular = new webpack.container.ModuleFederationPlugin({
    ...{ name: 'zRemote', filename, exposes },
    shared: { isthmus: { singleton: true }, 'isthmus/program': { singleton: true } },
  });
  const module = { parser: { javascript: { url: false as const } } };
  await build('angular', { name: 'zRemote', entry: {}, module, plugins: [asAngular] });
});

test.afterAll(() => rm(folder, { recursive: true, force: true }));

async function build(to: string, config: Configuration): Promise<void> {
  const compiler = webpack({
    mode: 'production',
    context: path.join(import.meta.dirname, 'engine-places'),
    output: { path: path.join(folder, to), publicPath: 'auto', uniqueName: config.name },
    ...config,
  });
  const stats = await new Promise<webpack.Stats | undefined>((resolve, reject) => {
    compiler?.run((error, done) => (error ? reject(error) : resolve(done)));
  });
  expect(stats?.toJson({ all: false, errors: true }).errors).toEqual([]);
}

/** Serves what was built; `refused` files are not there. */
async function serve(page: Page, origin: string, from: string, policy: string, refused = /^$/) {
  const asked: string[] = [];
  const headers = {
    'access-control-allow-origin': '*',
    ...(policy && { 'content-security-policy': policy }),
  };
  await page.route(`${origin}**`, async (route) => {
    const file = new URL(route.request().url()).pathname.slice(1) || 'index.html';
    asked.push(path.extname(file));
    if (refused.test(file)) return route.fulfill({ headers, status: 404 });
    const body = await readFile(path.join(folder, from, file));
    return route.fulfill({ headers, body, contentType: types[path.extname(file)] ?? '' });
  });
  return asked;
}

const faults: [name: string, remote: string, policy: string, refused?: RegExp][] = [
  ['a remote whose server has no engine', 'remote', '', /\.wasm$/],
  ["a remote's engine that the page's policy forbids", 'remote', "connect-src 'self'"],
  ['a remote without our plugin that finds no addresses, as those of Angular', 'angular', ''],
];

for (const [name, remote, policy, refused] of faults) {
  test(`a host lives on with ${name}`, async ({ page }) => {
    const askedOfHost = await serve(page, HOST, 'host', policy);
    await serve(page, REMOTE, remote, '', refused);
    await page.goto(HOST);
    await expect(page).toHaveTitle('counted 42');
    const inUse = await page.evaluate(() => {
      const registry = Symbol.for('isthmus') as unknown as 'isthmus';
      return (globalThis as unknown as { isthmus: { copies: { url: string }[] } })[registry].copies;
    });
    expect(inUse.map(({ url }) => new URL('/', url).href)).toEqual([REMOTE]);
    expect(askedOfHost).toContain('.wasm');
  });
}

test('the engine that the page has preloaded is fetched once, and that of the remote never', async ({
  page,
}) => {
  const told: string[] = [];
  page.on('console', (message) => told.push(message.text()));
  const askedOfHost = await serve(page, HOST, 'host', '');
  const askedOfRemote = await serve(page, REMOTE, 'remote', '');
  await page.goto(HOST);
  await expect(page).toHaveTitle('counted 42');
  const engines = (asked: string[]) => asked.filter((type) => type === '.wasm').length;
  expect([engines(askedOfHost), engines(askedOfRemote)]).toEqual([1, 0]);
  expect(told).toEqual([]);
});
