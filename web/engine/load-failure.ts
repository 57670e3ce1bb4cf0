import { EngineError } from '../base/errors.js';
import { isResponse, isUrl } from './engine-source.js';

const INLINE =
  "or load it with loadInlineEngine() of 'isthmus/inline', which is part of the script and fetches nothing";
const COPIED =
  "see that the build copies engine.wasm of the package (Vite: isthmus() of 'isthmus/vite'), and where the page looks for it";

/** What the engine could not be loaded from, and what the platform says of that. */
export interface Failed {
  readonly error: unknown;
  readonly source: unknown;
}

/** Of all places of one of the two files, in their order, and with what to do about the first. */
export function loadFailure(failed: readonly Failed[], file: EngineFile): EngineError {
  const [first, ...others] = failed;
  const told = others.map((each) => `; nor${placeOf(each)}: ${saidOf(each)}`).join('');
  const cure = first && cureFor(first.error, saidOf(first), first.source);
  const why = first
    ? `${placeOf(first)}: ${saidOf(first)}${told}. ${cure}`
    : `: ${NO_ADDRESS[file]}`;
  const message = `${WHAT[file]} could not be loaded${why}`;
  return new EngineError('engine-load', message, '', { cause: first?.error });
}

/** Which of the engine's files. */
export type EngineFile = 'engine.wasm' | 'engine-crossing.wasm';

const WHAT: Record<EngineFile, string> = {
  'engine.wasm': 'the engine',
  'engine-crossing.wasm': "the engine's part that crosses",
};

const NO_ADDRESS: Record<EngineFile, string> = {
  'engine.wasm': 'this build does not know where; call loadEngine(url)',
  'engine-crossing.wasm': 'this build does not know where; call loadEngine(url, { crossing: url })',
};

function placeOf({ source }: Failed): string {
  return isUrl(source) ? ` from ${source.href}` : '';
}

function saidOf({ error }: Failed): string {
  return error instanceof Error ? error.message : String(error);
}

/** What the server answered in the engine's place. */
export function assertAnswered({ ok, status, statusText }: Response): void {
  if (ok) return;
  const error = new Error(`the server answered ${`${status} ${statusText}`.trim()}`);
  throw Object.assign(error, { status });
}

/** Whether these are the bytes of a wasm module; the platform says less. */
export function assertWasm(source: ArrayBuffer | ArrayBufferView): void {
  if (typeof source !== 'object') throw new Error(`it was given a ${typeof source}`);
  if ('then' in source) throw new Error('it was given a promise');
  const { buffer, byteOffset, byteLength } = ArrayBuffer.isView(source)
    ? source
    : new Uint8Array(source);
  const first = new Uint8Array(buffer, byteOffset, Math.min(byteLength, 64));
  if (MAGIC.every((byte, i) => first[i] === byte)) return;
  const text = String.fromCharCode(...first).replace(/^[\s\u00ef\u00bb\u00bf]+/, '');
  throw new Error(text.startsWith('<') ? HTML : `its ${byteLength} bytes are no wasm`);
}

const MAGIC = [0, 0x61, 0x73, 0x6d];
const HTML = 'this is HTML, not wasm';

function cureFor(error: unknown, said: string, source: unknown): string {
  if (isRefusedByPolicy(said)) return POLICY;
  if (isPage(said))
    return `The server sends its page for what it does not find: ${COPIED}, ${INLINE}`;
  const { status } = Object(error) as { readonly status?: number };
  if (status === 404 || status === 410 || /ENOENT/.test(said))
    return `It is not there: ${COPIED}, ${INLINE}`;
  if (status !== undefined) return `Ask why the server refuses it, ${INLINE}`;
  if (!isSource(source)) return TAKES;
  if (error instanceof TypeError && isFetchFailure(said)) return fetchCure(source);
  return `Is it the engine.wasm of this very release? If not, ${COPIED}, ${INLINE}`;
}

/** In the words of Chromium, Firefox and Safari. Nothing but this keyword is needed, whatever they name. */
function isRefusedByPolicy(said: string): boolean {
  return /content security policy|blocked by CSP|unsafe-eval|wasm-eval/i.test(said);
}

const POLICY =
  "The page's Content-Security-Policy forbids WebAssembly: add 'wasm-unsafe-eval' to its script-src ('unsafe-eval' is not needed)";

/** A page under the type of wasm fails at its first bytes, `<!DO` or `<htm`. */
function isPage(said: string): boolean {
  return said === HTML || /magic word.*found 3c/i.test(said);
}

function isFetchFailure(said: string): boolean {
  return /fetch|network|load failed/i.test(said);
}

function fetchCure(source: unknown): string {
  const origin = isUrl(source) ? source.origin : 'its origin';
  return `The server cannot be reached, does not let this page read it (Access-Control-Allow-Origin on ${origin}), or the page's Content-Security-Policy does not list ${origin} in connect-src: mend that, ${INLINE}`;
}

function isSource(source: unknown): boolean {
  return (
    isUrl(source) ||
    isResponse(source) ||
    source instanceof WebAssembly.Module ||
    source instanceof ArrayBuffer ||
    ArrayBuffer.isView(source)
  );
}

const TAKES =
  'loadEngine takes a URL (new URL(text, location.href)), a Response (await fetch(url)), bytes or a WebAssembly.Module, or nothing at all';
