import { isResponse, type EngineSource } from './engine-source.js';
import { assertAnswered, assertWasm } from './load-failure.js';
import { createEngineModule, type EngineModule, type ModuleOptions } from './module.js';

/** An instance, and the compiled code that others can be made of. */
export interface Instantiated {
  readonly engine: EngineModule;
  readonly code: WebAssembly.Module;
}

/** Emscripten never hears of a failure in `instantiateWasm`, so the promise is rejected here. */
export async function instantiate(source: Exclude<EngineSource, URL>): Promise<Instantiated> {
  return new Promise((resolve, reject) => {
    let code: WebAssembly.Module;
    const instantiateWasm: ModuleOptions['instantiateWasm'] = (imports, receive) => {
      instantiateFrom(source, imports)
        .then(({ instance, module }) => {
          code = module;
          receive(instance, module);
        })
        .catch(reject);
      return {};
    };
    createEngineModule({ instantiateWasm }).then((engine) => resolve({ engine, code }), reject);
  });
}

/**
 * Another instance, at once. Emscripten hands over its module by promise only, but makes it of the very
 * object that it is given.
 */
export function instantiateAgain(code: WebAssembly.Module): EngineModule {
  let failure: unknown = new Error('this build of the engine begins later');
  const options: ModuleOptions = {
    instantiateWasm: (imports, receive) => {
      try {
        receive(new WebAssembly.Instance(code, imports as WebAssembly.Imports), code);
      } catch (error) {
        failure = error;
      }
      return {};
    },
  };
  void createEngineModule(options);
  if (!('HEAPU8' in options)) throw failure;
  return options as ModuleOptions & EngineModule;
}

async function instantiateFrom(
  source: Exclude<EngineSource, URL>,
  given: object,
): Promise<WebAssembly.WebAssemblyInstantiatedSource> {
  const imports = given as WebAssembly.Imports;
  if (source instanceof WebAssembly.Module) {
    return { module: source, instance: await WebAssembly.instantiate(source, imports) };
  }
  if (!isResponse(source)) {
    assertWasm(source);
    return WebAssembly.instantiate(source as BufferSource, imports);
  }
  assertAnswered(source);
  // Streaming refuses the type with a parameter such as a charset.
  const isWasm = source.headers.get('content-type')?.toLowerCase() === 'application/wasm';
  if (isWasm) return WebAssembly.instantiateStreaming(source, imports);
  const bytes = await source.arrayBuffer();
  assertWasm(bytes);
  return WebAssembly.instantiate(bytes, imports);
}
