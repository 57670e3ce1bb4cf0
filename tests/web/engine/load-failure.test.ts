import { readFile } from 'node:fs/promises';
import type * as Isthmus from 'isthmus';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { loadOnFreshPage } from '../fresh-page.js';

const bytes = await readFile(new URL('../../../dist/engine.wasm', import.meta.url));
const page = '\ufeff\n<!doctype html><title>Shop</title>';
const inline = /loadInlineEngine\(\) of 'isthmus\/inline'/;

let isthmus: typeof Isthmus;
beforeEach(async () => {
  isthmus = await loadOnFreshPage();
});
afterEach(() => void vi.restoreAllMocks());

const answer = (body: BodyInit | null, type: string, init: ResponseInit = {}) =>
  new Response(body, { headers: { 'content-type': type }, ...init });
const asWasm = () => answer(bytes, 'application/wasm');

/** What the platform says, in the browser's words. */
function refuse(text: string, Kind: new (text: string) => Error = WebAssembly.CompileError) {
  for (const name of [
    'instantiate',
    'instantiateStreaming',
    'compile',
    'compileStreaming',
  ] as const)
    vi.spyOn(WebAssembly, name).mockRejectedValue(new Kind(text));
}
const unreachable = (text: string) => () => {
  vi.spyOn(globalThis, 'fetch').mockRejectedValue(new TypeError(text));
  return new URL('https://cdn.example/engine.wasm');
};
const policy = (text: string) => () => {
  refuse(text);
  return asWasm();
};

const PAGE = /HTML|found 3c/;
const POLICY =
  /Content-Security-Policy forbids WebAssembly: add 'wasm-unsafe-eval' to its script-src/;
const NETWORK = /Access-Control-Allow-Origin on https:\/\/cdn\.example.*connect-src/;

const table: [string, () => unknown, RegExp, boolean][] = [
  ['a page of type HTML', () => answer(page, 'text/html'), PAGE, true],
  ['a page of type wasm', () => answer('<!doctype html>', 'application/wasm'), PAGE, true],
  ['a page as bytes', () => new TextEncoder().encode(page), PAGE, true],
  [
    'a file that is not there',
    () => answer('', 'text/html', { status: 404 }),
    /404.*not there/,
    true,
  ],
  ['another status', () => answer('', 'text/html', { status: 403 }), /403.*why the server/, true],
  ['no file on the disk', () => new URL('./no.wasm', import.meta.url), /ENOENT.*not there/, true],
  ['Chromium without network', unreachable('Failed to fetch'), NETWORK, true],
  [
    'Firefox without network',
    unreachable('NetworkError when attempting to fetch resource.'),
    NETWORK,
    true,
  ],
  ['Safari without network', unreachable('Load failed'), NETWORK, true],
  [
    "Chromium's policy",
    policy(
      "WebAssembly.instantiateStreaming(): Refused to compile or instantiate WebAssembly module because 'unsafe-eval' is not an allowed source of script in the following Content Security Policy directive: \"script-src 'self'\"",
    ),
    POLICY,
    false,
  ],
  [
    "Chromium's policy of later",
    policy(
      "WebAssembly.instantiate(): Compiling or instantiating WebAssembly module violates the following Content Security policy directive because neither 'wasm-eval' nor 'unsafe-eval' is an allowed source of script",
    ),
    POLICY,
    false,
  ],
  ["Firefox's policy", policy('call to WebAssembly.instantiate() blocked by CSP'), POLICY, false],
  [
    "Safari's policy",
    policy(
      "Refused to create a WebAssembly object because 'unsafe-eval' or 'wasm-unsafe-eval' is not an allowed source of script in the following Content Security Policy directive",
    ),
    POLICY,
    false,
  ],
  ['no wasm', () => new Uint8Array([1, 2, 3]), /3 bytes are no wasm.*very release/, true],
  ['another module', () => new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]), /very release/, true],
  ['text', () => '/engine.wasm', /given a string.*takes a URL/, false],
  ['a promise', () => Promise.resolve(asWasm()), /given a promise.*await fetch\(url\)/, false],
];

it.each(table)(
  '%s is told with what to do about it',
  async (_what, make, text, isInlineTheWayOut) => {
    const failing = isthmus.loadEngine(make() as never);
    await expect(failing).rejects.toMatchObject({ code: 'engine-load' });
    const { message } = (await failing.catch((error: unknown) => error)) as Error;
    expect(message).toMatch(/^the engine could not be loaded/);
    expect(message).toMatch(text);
    expect([inline.test(message), message.length < 800]).toEqual([isInlineTheWayOut, true]);
  },
);

it('and the next call loads it', async () => {
  await expect(isthmus.loadEngine(answer(page, 'text/html'))).rejects.toThrow(PAGE);
  await isthmus.loadEngine(asWasm());
});
