import type { PlatformResponse, PlatformUrl, PlatformWasmModule } from '../base/platform-types.js';

/** What {@link loadEngine} can load the engine from. */
export type EngineSource =
  PlatformUrl | PlatformResponse | PlatformWasmModule | ArrayBuffer | ArrayBufferView;
