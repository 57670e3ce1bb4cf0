import type { RequestListener, ServerResponse } from 'node:http';
import { describe, expect, it, onTestFinished } from 'vitest';
import { manifest, runDoctor } from './run-doctor.js';
import { healthyHeaders, serve } from './served-builds.js';

interface Asked {
  readonly manifest?: (response: ServerResponse) => void;
  readonly entry?: (response: ServerResponse) => void;
  readonly other?: (response: ServerResponse) => void;
}

const status = (code: number) => (response: ServerResponse) =>
  void response.writeHead(code).end('no');
const sending = (text: string) => (response: ServerResponse) =>
  void response.writeHead(200, healthyHeaders).end(text);

async function serving({ manifest, entry, other }: Asked): Promise<string> {
  const answer: RequestListener = ({ url = '' }, response) => {
    response.on('error', () => undefined);
    if (url.endsWith('/isthmus-manifest.json')) (manifest ?? status(404))(response);
    else if (url.endsWith('/remoteEntry.js')) (entry ?? status(404))(response);
    else (other ?? status(404))(response);
  };
  const { url, server } = await serve(answer);
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return url;
}

/** Sends as long as it is listened to. */
function endless(response: ServerResponse): void {
  const block = Buffer.alloc(1024 * 1024, ' ');
  const send = () => {
    while (!response.destroyed && response.write(block));
    response.once('drain', send);
  };
  send();
}

const nested = (levels: number) => `${'['.repeat(levels)}${']'.repeat(levels)}`;
const page = sending('<!doctype html><title>shop</title>');
const offering = (factory: string) => `var cart; register("isthmus", "1.0.0", () => ${factory});`;

describe('isthmus doctor ends with exit code 2 on a server that', () => {
  it.each<[string, Asked, RegExp]>([
    [
      'has nothing',
      {},
      /remoteEntry\.js: the server answers 404, and there is no isthmus-manifest/,
    ],
    ['fails', { manifest: status(500), entry: status(500) }, /manifest\.json: .* answers 500/],
    ['fails for the manifest', { manifest: status(503), entry: sending('1') }, /answers 503/],
    ['never ends', { manifest: endless, entry: endless }, /manifest\.json: is too large/],
    ['hangs up', { manifest: (response) => response.destroy() }, /manifest\.json: no answer/],
    [
      'hangs up in the middle',
      { manifest: (response) => void response.write('{', () => response.destroy()) },
      /manifest\.json: no answer/,
    ],
    [
      'sends elsewhere for ever',
      { manifest: (response) => void response.writeHead(302, { Location: '#' }).end() },
      /manifest\.json: no answer/,
    ],
    [
      'sends to a file',
      { manifest: (response) => void response.writeHead(302, { Location: 'file:///etc' }).end() },
      /manifest\.json: no answer/,
    ],
    ['sends another JSON', { manifest: sending('{}') }, /is neither .* at \/manifestVersion/],
    ['sends bytes', { manifest: sending('\0\u{FFFD}\x1b[31m') }, /manifest\.json: is no JSON/],
    ['nests without end', { manifest: sending(nested(100_000)) }, /is nested too deeply/],
  ])('%s', async (_what, asked, message) => {
    const { code, errors, output } = await runDoctor('.', `${await serving(asked)}/remoteEntry.js`);
    expect(errors).toMatch(message);
    expect(errors.split('\n')).toHaveLength(2);
    expect(errors).not.toContain('\x1b');
    expect(output).toBe('');
    expect(code).toBe(2);
  });

  it('says nothing for ten seconds', async () => {
    const url = await serving({ manifest: () => undefined });
    const { code, errors } = await runDoctor('.', url);
    expect(errors).toMatch(/manifest\.json: no answer \(.*timeout\)/);
    expect(code).toBe(2);
  }, 20_000);
});

describe('isthmus doctor names a remote that', () => {
  it.each<[string, Asked, RegExp]>([
    [
      'answers with a page for everything',
      { manifest: page, entry: page, other: page },
      /^error {3}localhost:\d+ \(serving\): the server answers with a page/,
    ],
    [
      'answers with a page in place of remoteEntry.js',
      { manifest: sending(JSON.stringify(manifest('cart'))), entry: page },
      /^error {3}cart \(serving\): the server answers with a page/,
    ],
    [
      'fails for remoteEntry.js',
      { manifest: sending(JSON.stringify(manifest('cart'))), entry: status(500) },
      /^error {3}cart \(serving\): the server answers 500/,
    ],
    [
      'names an engine that no page may fetch',
      {
        manifest: sending(JSON.stringify(manifest('cart', { engine: 'file:///etc/passwd' }))),
        entry: sending('1'),
      },
      /^error {3}cart \(engine\): engine\.wasm does not come/,
    ],
    [
      'names an engine at no address',
      {
        manifest: sending(JSON.stringify(manifest('cart', { engine: 'http://[' }))),
        entry: sending('1'),
      },
      /^error {3}cart \(engine\): engine\.wasm does not come/,
    ],
    [
      'sends an engine without end',
      {
        manifest: sending(JSON.stringify(manifest('cart', { engine: 'engine.wasm' }))),
        entry: sending('1'),
        other: endless,
      },
      /^error {3}cart \(engine\): engine\.wasm is no wasm/,
    ],
    [
      'has the terminal and the log in its name',
      { manifest: sending(JSON.stringify(manifest('a\x1b[2J\n::error::b'))), entry: status(404) },
      /^error {3}a \[2J ::error::b \(serving\)/,
    ],
  ])('%s', async (_what, asked, message) => {
    const { code, output } = await runDoctor('.', `${await serving(asked)}/remoteEntry.js`);
    expect(output).toMatch(message);
    expect(output).toMatch(/\n {4}in {3}\S+\n {4}fix {2}\S/);
    expect(code).toBe(1);
  });

  it.each<[string, Asked]>([
    ['is no script', { entry: sending('{ "a": 1 ') }],
    ['is too large a script', { entry: endless }],
    ['nests without end', { entry: sending('('.repeat(100_000)) }],
    ['adds without end', { entry: sending(`r.u=e=>${'e+'.repeat(100_000)}e;`) }],
  ])('has no manifest, and whose script %s', async (_what, asked) => {
    const { output } = await runDoctor('.', `${await serving(asked)}/remoteEntry.js`);
    expect(output).toMatch(/warning .* \(manifest\): .*does not tell whether it shares isthmus/);
  });

  it.each<[string, string]>([
    ['lie in files', `r.p = "file:///etc/"; r.u = () => "passwd"; ${offering('r.e(1)')}`],
    ['are at no address', `r.p = "http://["; r.u = () => "http://["; ${offering('r.e(1)')}`],
    ['are not there', `r.u = (id) => id + ".js"; ${offering('r.e(1)')}`],
    ['are named by what is not read', `r.u = (id) => names(id); ${offering('r.e(1)')}`],
  ])('offers isthmus from scripts that %s', async (_what, script) => {
    const url = await serving({ entry: sending(script) });
    const { code, output } = await runDoctor('.', `${url}/remoteEntry.js`);
    expect(output).toMatch(/warning cart \(manifest\): .*where it has engine\.wasm was not found/);
    expect(code).toBe(0);
  });

  it('offers isthmus from thousands of scripts, of which it reads a few', async () => {
    let count = 0;
    const factory = `[${Array.from({ length: 5000 }, (_, id) => `r.e(${id})`).join()}]`;
    const other = (response: ServerResponse) => {
      count++;
      sending('1')(response);
    };
    const script = `r.u = (id) => id + ".js"; ${offering(factory)}`;
    await runDoctor('.', `${await serving({ entry: sending(script), other })}/remoteEntry.js`);
    expect(count).toBe(20);
  });
});
