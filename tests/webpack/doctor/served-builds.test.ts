import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import type { Server } from 'node:http';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import webpack from 'webpack';
import { IsthmusFederationPlugin, sharedState } from 'isthmus/webpack';
import { manifest, runDoctor } from './run-doctor.js';
import { build, createProject, filesOf, healthyHeaders } from './served-builds.js';
import { removeProject, serve } from './served-builds.js';

const { ModuleFederationPlugin } = webpack.container;
const remote = { name: 'cart', filename: 'remoteEntry.js', exposes: { './App': './app.js' } };
const slices = ['./cart.js'];
const shared = sharedState();
const { redux } = shared;

const noAddresses = { parser: { javascript: { url: false } } };
const wasm = (type: string) => ({ rules: [{ test: /\.wasm$/, type }] });

let project = '';
const servers: Server[] = [];

beforeAll(async () => {
  project = createProject();
  const plain = new ModuleFederationPlugin({ ...remote, shared });
  const consuming = { ...shared, isthmus: { import: false as const, singleton: true } };
  const builds = {
    host: { plugin: new IsthmusFederationPlugin({ name: 'host', slices: ['./session.js'] }) },
    cart: { plugin: new IsthmusFederationPlugin({ ...remote, slices }) },
    'no-slices': { plugin: new IsthmusFederationPlugin(remote) },
    inner: {
      plugin: new IsthmusFederationPlugin({ ...remote, filename: 'js/remoteEntry.js', slices }),
    },
    plain: { plugin: plain },
    angular: { plugin: plain, module: noAddresses },
    'angular-in-production': {
      plugin: plain,
      module: noAddresses,
      mode: 'production' as const,
      output: { chunkFilename: 'js/[id].[contenthash:8].js' },
    },
    'angular-as-modules': {
      plugin: new ModuleFederationPlugin({ ...remote, library: { type: 'module' }, shared }),
      module: noAddresses,
      output: { module: true, chunkFormat: 'module', chunkLoading: 'import' },
      experiments: { outputModule: true },
    },
    swallowed: { plugin: plain, module: wasm('asset/source') },
    inlined: { plugin: plain, module: wasm('asset/inline') },
    copying: { plugin: new ModuleFederationPlugin({ ...remote, shared: { redux: redux! } }) },
    consuming: { plugin: new ModuleFederationPlugin({ ...remote, shared: consuming }) },
  };
  for (const [name, wanted] of Object.entries(builds)) await build(project, name, wanted);
}, 120_000);

afterAll(() => {
  for (const server of servers) server.close();
  removeProject(project);
});

async function served(name: string, options = {}): Promise<string> {
  const { url, server } = await serve(filesOf(path.join(project, name), options));
  servers.push(server);
  return url;
}

function doctor(...args: string[]) {
  return runDoctor(project, ...args);
}

describe('isthmus doctor, given served builds', () => {
  it('finds nothing wrong with a host without exposes and its remote, by the line of the README', async () => {
    const [host, cart] = await Promise.all([served('host'), served('cart')]);
    expect(existsSync(path.join(project, 'host/remoteEntry.js'))).toBe(false);
    for (const address of [`${host}/remoteEntry.js`, host, `${host}/`, `${host}/index.html`]) {
      const { code, output } = await doctor('--github', address, `${cart}/remoteEntry.js`);
      expect(output).toBe('');
      expect(code).toBe(0);
    }
  });

  it('reads a site that answers with its page for what is not there', async () => {
    const host = await served('host', { fallback: '<!doctype html><title>shop</title>' });
    const { code, output } = await doctor(`${host}/remoteEntry.js`);
    expect(output).toBe(
      '0 lock files, 1 builds, 0 served entries: 0 errors, 0 warnings, 0 notes\n',
    );
    expect(code).toBe(0);
  });

  it('finds the engine of a build whose container lies in a folder', async () => {
    const cart = await served('inner');
    const { output } = await doctor('--json', `${cart}/js/remoteEntry.js`);
    const { engines, findings } = JSON.parse(output) as Record<string, unknown>;
    expect(findings).toEqual([]);
    const file = expect.stringMatching(new RegExp(`^${cart}/[0-9a-f]+\\.wasm$`)) as string;
    expect(engines).toEqual([{ app: 'cart', file, found: 'wasm' }]);
  });

  it.each<[string, string, RegExp]>([
    [
      'angular',
      'finds no addresses',
      /engine\.wasm is no file of this build, .* at a file: address of the machine that built it/,
    ],
    [
      'angular-in-production',
      'finds none in production either',
      /engine\.wasm is no file of this build, .* at a file: address/,
    ],
    [
      'angular-as-modules',
      'finds none as a module',
      /engine\.wasm is no file of this build, .* at a file: address/,
    ],
    [
      'swallowed',
      'has a rule that takes the file',
      /engine\.wasm is no file of this build: a rule for \.wasm took it/,
    ],
  ])('names the remote %s, which %s', async (name, _what, message) => {
    const cart = await served(name);
    const { code, output } = await doctor(await served('host'), `${cart}/remoteEntry.js`);
    const [finding = ''] = output.split('\n\n');
    expect(finding).toMatch(/^error {3}(cart|localhost:\d+) \(engine\): /);
    expect(finding).toMatch(message);
    expect(finding).toMatch(new RegExp(`in {3}${cart}/.+\\.m?js\n`));
    expect(finding).toContain('fix  build it with IsthmusFederationPlugin of isthmus/webpack');
    expect(finding).toContain('federation: false');
    expect(output).not.toContain(project);
    expect(code).toBe(1);
  });

  it('warns of an engine within a script, which a policy may refuse', async () => {
    const { code, output } = await doctor(`${await served('inlined')}/remoteEntry.js`);
    expect(output).toMatch(/warning cart \(engine\): .*data: address.*connect-src/);
    expect(code).toBe(0);
  });

  it('warns of a sound remote of the plain plugin, whose contracts it cannot compare', async () => {
    const cart = await served('plain');
    const { code, output } = await doctor(`${cart}/remoteEntry.js`);
    expect(output).toMatch(
      /^warning cart \(manifest\): there is no isthmus-manifest\.json beside it, and it shares isthmus \d.* by another plugin than IsthmusFederationPlugin: its shared block, slices and contracts were not compared\n/,
    );
    expect(output).toContain(`in   ${cart}/remoteEntry.js`);
    expect(output).toMatch(/fix {2}use IsthmusFederationPlugin .*federation: false/);
    expect(output).toContain('1 served entries: 0 errors, 1 warnings, 0 notes');
    expect(code).toBe(0);
  });

  it.each<[string, RegExp, number]>([
    [
      'copying',
      /error {3}cart \(manifest\): .*does not share the isthmus that its scripts bring/,
      1,
    ],
    ['consuming', /warning cart \(manifest\): .*takes isthmus from other builds/, 0],
  ])('tells what the %s remote does without a manifest', async (name, message, expected) => {
    const { code, output } = await doctor(`${await served(name)}/remoteEntry.js`);
    expect(output).toMatch(message);
    expect(code).toBe(expected);
  });

  it('finds the fault behind the manifest of an older release, too, which names no engine', async () => {
    const angular = filesOf(path.join(project, 'angular'));
    const { url, server } = await serve((request, response) => {
      if (!request.url!.endsWith('.json')) return void angular(request, response);
      response.writeHead(200, healthyHeaders).end(JSON.stringify(manifest('cart')));
    });
    servers.push(server);
    const { code, output } = await doctor(`${url}/isthmus-manifest.json`);
    expect(output).toMatch(/error {3}cart \(engine\): .*file: address/);
    expect(code).toBe(1);
  });

  it('says in each report that contracts were not compared', async () => {
    const cart = await served('no-slices');
    const text = await doctor(`${cart}/remoteEntry.js`);
    const sentence = 'its slices and contracts were not compared: the build does not name them';
    expect(text.output).toContain(`note    cart (contracts): ${sentence}`);
    expect(text.output).toContain('in the option slices of IsthmusFederationPlugin');
    const github = await doctor('--github', cart);
    expect(github.output).toMatch(`::notice title=isthmus doctor%3A contracts::cart: ${sentence}`);
    const json = await doctor('--json', cart);
    const { findings } = JSON.parse(json.output) as { findings: unknown[] };
    expect(findings).toEqual([
      expect.objectContaining({ severity: 'note', rule: 'contracts', message: sentence }),
    ]);
    expect([text.code, github.code, json.code]).toEqual([0, 0, 0]);
  });
});

describe('isthmus doctor looks at the served engine', () => {
  const isEngine = (url = '') => url.endsWith('.wasm');

  it.each<[string, (cart: string) => Parameters<typeof serve>[0], RegExp]>([
    [
      'that is not there',
      (cart) => (request, response) => {
        if (isEngine(request.url)) response.writeHead(404).end();
        else filesOf(cart)(request, response);
      },
      /is not there \(status 404\)/,
    ],
    [
      'in whose place is a page',
      (cart) => (request, response) => {
        if (isEngine(request.url)) response.writeHead(200, healthyHeaders).end('<html></html>');
        else filesOf(cart)(request, response);
      },
      /is not there: a page is served in its place/,
    ],
    [
      'that is no wasm',
      (cart) => (request, response) => {
        if (isEngine(request.url)) response.writeHead(200, healthyHeaders).end('export default 1');
        else filesOf(cart)(request, response);
      },
      /is no wasm/,
    ],
    [
      'that other origins may not read',
      (cart) => (request, response) => {
        const headers = isEngine(request.url) ? {} : healthyHeaders;
        filesOf(cart, { headers })(request, response);
      },
      /cannot be read by a page of http:\/\/localhost:\d+ \(no Access-Control-Allow-Origin\)/,
    ],
    [
      'that one other origin may read',
      (cart) => (request, response) => {
        const headers = {
          ...healthyHeaders,
          'Access-Control-Allow-Origin': 'https://other.example',
        };
        filesOf(cart, { headers })(request, response);
      },
      /cannot be read by a page of .*\(that of another origin\)/,
    ],
    [
      'that hangs up',
      (cart) => (request, response) => {
        if (isEngine(request.url)) response.destroy();
        else filesOf(cart)(request, response);
      },
      /does not come/,
    ],
  ])('%s', async (_what, answer, message) => {
    const { url, server } = await serve(answer(path.join(project, 'cart')));
    servers.push(server);
    const { code, output } = await doctor(await served('host'), url);
    expect(output).toMatch(/^error {3}cart \(engine\): engine\.wasm /);
    expect(output).toMatch(message);
    expect(output).toMatch(new RegExp(`in {3}${url}/[0-9a-f]+\\.wasm\n {4}fix {2}\\S`));
    expect(output).toContain('1 errors, 0 warnings');
    expect(code).toBe(1);
  });

  it('as the page of the first address does, where servers name the origins that may read', async () => {
    const host = await served('host');
    const cart = filesOf(path.join(project, 'cart'), { headers: { 'Cache-Control': 'no-cache' } });
    const { url, server } = await serve((request, response) => {
      const { origin } = request.headers;
      if (origin === host) response.setHeader('Access-Control-Allow-Origin', origin);
      cart(request, response);
    });
    servers.push(server);
    expect((await doctor(host, url)).output).toContain('0 errors, 0 warnings');
    expect((await doctor(url, host)).output).not.toContain('0 errors, 0 warnings');
  });
});

describe('isthmus doctor, given a folder of builds', () => {
  it('finds those without an engine, and without a manifest', async () => {
    const { code, output } = await doctor('.');
    const faulty = ['angular', 'angular-in-production', 'swallowed'];
    for (const name of faulty) {
      expect(output).toMatch(new RegExp(`error {3}cart \\(engine\\): .*\n {4}in {3}${name}/`));
    }
    for (const name of [...faulty, 'inlined', 'plain', 'consuming']) {
      const place = `in   ${path.join(name, 'remoteEntry.js')}`;
      expect(output).toMatch(new RegExp(`warning cart \\(manifest\\): .*\n {4}${place}`));
    }
    expect(output).toMatch(/error {3}cart \(manifest\): .*\n {4}in {3}copying/);
    expect(code).toBe(1);
  });

  it('finds an engine that was left out of a build', async () => {
    const folder = path.join(project, 'inner');
    const { size } = statSync(new URL('../../../dist/engine.wasm', import.meta.url));
    const name = readdirSync(folder).find(
      (each) => statSync(path.join(folder, each)).size === size,
    )!;
    const bytes = readFileSync(path.join(folder, name));
    writeFileSync(path.join(folder, name), 'version https://git-lfs.example/spec/v1');
    const { code, output } = await doctor('inner');
    writeFileSync(path.join(folder, name), bytes);
    expect(output).toMatch(/error {3}cart \(engine\): engine\.wasm is no wasm/);
    expect(code).toBe(1);
    expect((await doctor('inner')).code).toBe(0);
  });
});
