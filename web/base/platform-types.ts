/**
 * Types of the platform, where the user's `lib` has them: the package's declarations compile without the
 * DOM's, as Redux's do.
 */
type Platform<Name extends string> = typeof globalThis extends {
  [Key in Name]: { prototype: infer Instance };
}
  ? Instance
  : never;

export type PlatformUrl = Platform<'URL'>;
export type PlatformResponse = Platform<'Response'>;
export type PlatformElement = Platform<'Element'>;
export type PlatformAbortSignal = Platform<'AbortSignal'>;
/** It has no members of its own, so that any text would do for one. */
export type PlatformWasmModule = typeof globalThis extends {
  WebAssembly: { Module: { prototype: infer Module } };
}
  ? Module & object
  : never;

/** Bytes of an ArrayBuffer. Before TypeScript 5.7 the type of arrays of bytes takes no argument. */
export type PlatformBytes = ReturnType<typeof Uint8Array.of>;
