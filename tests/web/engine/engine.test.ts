import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type * as Isthmus from 'isthmus';
import type { DropReason, EngineSource } from 'isthmus';
import { inc, type Step } from 'isthmus/program';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { EngineErrorCode } from '../../../web/base/errors.js';
import { loadOnFreshPage, pageRegistry } from '../fresh-page.js';

const file = new URL('../../../dist/engine.wasm', import.meta.url);
const bytes = await readFile(file);
const asWasm = { headers: { 'content-type': 'application/wasm' } };
const asWasmText = { headers: { 'content-type': 'application/wasm; charset=utf-8' } };

let isthmus: typeof Isthmus;
let server: Server;
let address = '';

beforeAll(async () => {
  server = createServer(({ url }, response) => {
    if (url === '/engine.wasm') response.setHeader('content-type', 'application/wasm').end(bytes);
    else response.writeHead(404).end('nothing here');
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());
beforeEach(async () => {
  isthmus = await loadOnFreshPage();
});

function count(): unknown {
  const { createIsolatedStore, defineSlice } = isthmus;
  const slice = defineSlice({ name: 'n', initialState: 41, reducers: { up: [inc('')] } });
  const store = createIsolatedStore({ name: 'app', slices: [slice] });
  store.dispatch(slice.actions.up());
  return store.read(['n']);
}

const sources: [string, () => EngineSource | undefined | Promise<EngineSource>][] = [
  ['the file beside the package, when it is given nothing', () => undefined],
  ['a file URL', () => file],
  ['an http URL', () => new URL('/engine.wasm', address)],
  ['bytes', () => bytes],
  ['an ArrayBuffer', () => new Uint8Array(bytes).buffer],
  ['a compiled module', () => WebAssembly.compile(bytes)],
  ['a response', () => new Response(bytes, asWasm)],
  ['a response of a wrong MIME type', () => new Response(bytes)],
  ['a response whose MIME type has a parameter', () => new Response(bytes, asWasmText)],
];

describe('loadEngine', () => {
  it.each(sources)('loads the engine from %s', async (_what, source) => {
    await isthmus.loadEngine(await source());
    expect(count()).toBe(42);
  });

  it('loads it once, however often and early it is called', async () => {
    const first = isthmus.loadEngine();
    expect(isthmus.loadEngine(bytes)).toBe(first);
    await first;
    expect(isthmus.loadEngine()).toBe(first);
    expect(pageRegistry()?.engines).toBe(1);
  });

  const empty = new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]);
  const unusable: [string, () => EngineSource, RegExp][] = [
    ['a file that is not there', () => new URL('no.wasm', file), /from file:.*no\.wasm.*ENOENT/],
    ['an address that is not there', () => new URL('/no.wasm', address), /from http:.*404/],
    ['a response of an error', () => new Response('', { status: 500 }), /500/],
    ['bytes that are no wasm', () => new Uint8Array([1, 2, 3]), /could not be loaded/],
    ['another wasm module', () => empty, /could not be loaded/],
  ];
  it.each(unusable)('rejects %s, and works when called again', async (_what, source, message) => {
    const failing = isthmus.loadEngine(source());
    await expect(failing).rejects.toThrow(message);
    await expect(failing).rejects.toMatchObject({ name: 'EngineError', code: 'engine-load' });
    await isthmus.loadEngine();
    expect(count()).toBe(42);
  });
});

describe('before the engine is loaded', () => {
  const calls: [string, () => unknown][] = [
    ['joinSharedStore', () => isthmus.joinSharedStore({ app: 'host' })],
    ['createIsolatedStore', () => isthmus.createIsolatedStore({ name: 'app' })],
    ['the reducer of a native slice', () => define().reducer(undefined, { type: '@@init' })],
  ];
  const define = () => isthmus.defineSlice({ name: 'n', initialState: 0, reducers: {} });

  it.each(calls)('%s says that it is missing', (_what, call) => {
    expect(call).toThrow(/await loadEngine\(\)/);
    expect(call).toThrow(expect.objectContaining({ code: 'engine-missing' }));
  });

  it('slices can be defined, and are checked when they are used', async () => {
    const good = define();
    const bad = isthmus.defineSlice({
      name: 'bad',
      initialState: 0,
      reducers: { go: [{ op: 'explode' }] },
    });
    await isthmus.loadEngine();
    expect(good.reducer(undefined, { type: '@@init' })).toBe(0);
    expect(() => bad.reducer(undefined, { type: '@@init' })).toThrow(/slice 'bad'.*explode/);
  });
});

it('a definition that is wrong is refused with the place inside it', async () => {
  await isthmus.loadEngine();
  const define = (reducers: Record<string, Step[]>, initialState: unknown = 0) =>
    isthmus.defineSlice({ name: 'cart', initialState, reducers });
  const table = [
    { make: () => define({ go: [{ op: 'explode' }] }), where: '/reducers/go/0/op' },
    {
      make: () => define({ go: [{ op: 'set', path: 'x', value: 1 }] }),
      where: '/reducers/go/0/path',
    },
    { make: () => define({}, { at: new Date(0) }), where: '/initialState/at' },
  ];
  for (const { make, where } of table) {
    expect(make).toThrow(expect.objectContaining({ code: 'invalid-definition', where }));
    expect(make).toThrow(new RegExp(`^slice 'cart'.*: .*\\(at ${where}\\)$`));
  }
});

// Typed so that a member that is missing or too many does not compile.
const errorCodes: Record<EngineErrorCode, true> = {
  undecodable: true,
  'limit-exceeded': true,
  'invalid-path': true,
  'invalid-definition': true,
  'step-failed': true,
  'slice-exists': true,
  'slice-missing': true,
  'unknown-id': true,
  busy: true,
  'too-large': true,
  'not-crossing': true,
};
const dropReasons: Record<DropReason, true> = {
  undecodable: true,
  'too-large': true,
  protocol: true,
  echo: true,
  duplicate: true,
  off: true,
  type: true,
  absent: true,
  sender: true,
  version: true,
  schema: true,
  secret: true,
  stale: true,
  clock: true,
  reducer: true,
};

describe('the lists that C++ and TypeScript share', () => {
  beforeEach(() => isthmus.loadEngine());

  it('are equal for error codes', () => {
    expect(pageRegistry()?.engine?.loaded?.errorCodes).toEqual(Object.keys(errorCodes));
  });

  it('are equal for drop reasons', () => {
    const { crossing } = pageRegistry()!.engine!.loaded!;
    expect(crossing?.dropReasons).toEqual(Object.keys(dropReasons));
  });
});
