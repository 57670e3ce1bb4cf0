import { decimals } from './decimals.js';
import { registerFunction } from './embind.js';
import { isResponse, type EngineSource } from './engine-source.js';
import { assertAnswered, assertWasm } from './load-failure.js';
import type { EngineModule } from './module.js';

/** The compiled files of the engine: what every page needs, and what crossing needs, once that is there. */
export interface EngineCode {
  readonly first: WebAssembly.Module;
  crossing?: WebAssembly.Module;
}

/** An instance of the first file, and its compiled code, of which others can be made. */
export async function instantiate(
  source: Exclude<EngineSource, URL>,
): Promise<{ readonly engine: EngineModule; readonly code: EngineCode }> {
  const wiring = new Wiring();
  const { instance, module } = await instantiateFrom(source, wiring.imports);
  return { engine: wiring.connect(instance), code: { first: module } };
}

/** Another instance of all that is there, at once. */
export function instantiateAgain({ first, crossing }: EngineCode): EngineModule {
  const wiring = new Wiring();
  const engine = wiring.connect(new WebAssembly.Instance(first, wiring.imports));
  if (crossing !== undefined)
    addCrossing(engine, new WebAssembly.Instance(crossing, toFirst(engine)));
  return engine;
}

/** What the second file imports: the first one, whose memory and table it extends. */
export function toFirst(engine: EngineModule): WebAssembly.Imports {
  return { first: engine as unknown as WebAssembly.ModuleImports };
}

/** From now on the engine has the functions of the second file as well. */
export function addCrossing(engine: EngineModule, { exports }: WebAssembly.Instance): void {
  Object.assign(engine, exports);
  engine.isthmus_bindCrossing();
}

/** What the first file imports, and what it exports. */
class Wiring {
  readonly #engine = {} as EngineModule;
  readonly imports: WebAssembly.Imports = {
    env: {
      _embind_register_function: (...args: readonly number[]) => {
        const [name, callable] = registerFunction(this.#engine, args);
        Object.assign(this.#engine, { [name]: callable });
      },
      ...decimals(this.#engine),
    },
    wasi_snapshot_preview1: { proc_exit: abort },
  };

  connect({ exports }: WebAssembly.Instance): EngineModule {
    Object.assign(this.#engine, exports);
    this.#engine._initialize();
    return this.#engine;
  }
}

function abort(): never {
  throw new WebAssembly.RuntimeError('aborted');
}

/** The compiled second file. */
export async function compile(source: Exclude<EngineSource, URL>): Promise<WebAssembly.Module> {
  if (source instanceof WebAssembly.Module) return source;
  const response = streamed(source);
  if (response !== undefined) return WebAssembly.compileStreaming(response);
  return WebAssembly.compile(await bytesOf(source));
}

async function instantiateFrom(
  source: Exclude<EngineSource, URL>,
  imports: WebAssembly.Imports,
): Promise<WebAssembly.WebAssemblyInstantiatedSource> {
  if (source instanceof WebAssembly.Module) {
    return { module: source, instance: await WebAssembly.instantiate(source, imports) };
  }
  const response = streamed(source);
  if (response !== undefined) return WebAssembly.instantiateStreaming(response, imports);
  return WebAssembly.instantiate(await bytesOf(source), imports);
}

/** Streaming refuses the type with a parameter such as a charset. */
function streamed(source: Exclude<EngineSource, URL>): Response | undefined {
  if (!isResponse(source)) return undefined;
  assertAnswered(source);
  const isWasm = source.headers.get('content-type')?.toLowerCase() === 'application/wasm';
  return isWasm ? source : undefined;
}

async function bytesOf(source: Exclude<EngineSource, URL>): Promise<BufferSource> {
  const bytes = isResponse(source) ? await source.arrayBuffer() : source;
  assertWasm(bytes as ArrayBuffer);
  return bytes as BufferSource;
}
