import type { PlatformResponse, PlatformUrl, PlatformWasmModule } from '../base/platform-types.js';

/** What {@link loadEngine} can load the engine from. */
export type EngineSource =
  PlatformUrl | PlatformResponse | PlatformWasmModule | ArrayBuffer | ArrayBufferView;

// By their members: in jsdom the classes are others, or are not there.

export function isUrl(source: unknown): source is PlatformUrl {
  return has(source, 'href');
}

export function isResponse(source: unknown): source is PlatformResponse {
  return has(source, 'headers');
}

function has(source: unknown, member: string): boolean {
  return typeof source === 'object' && source !== null && member in source;
}
