import { unescaped } from './container.js';

/** What a script of a build tells of isthmus and of its engine.wasm. */
export interface EngineTrace {
  /** Whether isthmus itself is in it. */
  readonly hasIsthmus: boolean;
  /** Whether it looks for the engine in the file system of the machine that built it. */
  readonly looksInFiles: boolean;
  /** Whether a wasm file is in it, as a data: address. */
  readonly holdsWasm: boolean;
  /** A wasm file of the build, below its public path. */
  readonly belowPublicPath: string | undefined;
  /** Whether a loader made a module of a wasm file, whose address is no text then. */
  readonly holdsLoaded: boolean;
  /** A wasm file relative to the script. */
  readonly besideScript: string | undefined;
}

const ISTHMUS = /Symbol\.for\(\s*["'`]isthmus["'`]\s*\)/;
const IN_FILES = /new URL\(\s*["'`]\.\/engine\.wasm["'`]\s*,\s*["'`]file:/;
const DATA = /["'`]data:application\/wasm[;,]/;
// `module.exports = __webpack_require__.p + "engine.wasm"`, or the place that IsthmusFederationPlugin lets a build tell.
const FILE = /(?:\bexports\s*=|new URL\()\s*[\w$]+\.p\s*\+\s*["'`]([^"'`\\]{1,300}\.wasm)["'`]/g;
const LOADED = /\.p\s*\+\s*["'`][^"'`\\]{1,300}\.wasm["'`]/;
const BESIDE_SCRIPT = /new URL\(\s*["'`]([^"'`\\]{1,300}\.wasm)["'`]\s*,\s*import\.meta\.url/;

export function engineTraceIn(script: string): EngineTrace {
  const text = unescaped(script);
  const files = [...text.matchAll(FILE)].map(([, file]) => file!);
  return {
    hasIsthmus: ISTHMUS.test(text),
    looksInFiles: IN_FILES.test(text),
    holdsWasm: DATA.test(text),
    belowPublicPath: files.find((file) => file.includes('engine')) ?? files[0],
    holdsLoaded: files.length === 0 && LOADED.test(text),
    besideScript: BESIDE_SCRIPT.exec(text)?.[1],
  };
}
