declare module '*/engine.mjs' {
  import type { EngineModule, Instantiate } from './module.js';

  const createModule: (options: { instantiateWasm: Instantiate }) => Promise<EngineModule>;
  export default createModule;
}
