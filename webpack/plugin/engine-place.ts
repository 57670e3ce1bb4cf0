import type { ChunkGraph, Compilation, Compiler } from 'webpack';
import { fileOf, PLUGIN } from './build.js';
import { isEngine } from './engine-file.js';
import { packageOf } from './paths.js';

/**
 * Lets each build say where its engine.wasm lies as soon as its runtime starts, long before its isthmus is
 * evaluated, if that ever is: of equal versions webpack takes one, from whichever build, whose own file may not
 * be reachable from the page (web/engine/places.ts). Rspack does not tell the names of files here.
 */
export function tellEnginePlace(compiler: Compiler): void {
  const { RuntimeGlobals, RuntimeModule } = compiler.webpack;
  class EnginePlace extends RuntimeModule {
    readonly #code: string;

    constructor(code: string) {
      super('isthmus engine place', RuntimeModule.STAGE_ATTACH); // behind what sets the public path
      this.#code = code;
    }

    override generate(): string {
      return this.#code;
    }
  }
  compiler.hooks.thisCompilation.tap(PLUGIN, (compilation) => {
    compilation.hooks.additionalTreeRuntimeRequirements.tap(PLUGIN, (chunk, requirements) => {
      const code = codeFor(compilation);
      if (code === undefined) return;
      requirements.add(RuntimeGlobals.publicPath);
      compilation.addRuntimeModule(chunk, new EnginePlace(code));
    });
  });
}

/** On a server there is no page to tell. */
function codeFor({ modules, chunkGraph, codeGenerationResults }: Compilation): string | undefined {
  const engine = [...modules].find((module) => isEngine(fileOf(module) ?? ''));
  const { getModuleRuntimes } = chunkGraph as Partial<ChunkGraph>;
  if (engine === undefined || getModuleRuntimes === undefined) return undefined;
  const [runtime] = getModuleRuntimes.call(chunkGraph, engine);
  if (codeGenerationResults?.has(engine, runtime) !== true) return undefined; // it is in no chunk
  const name: unknown = codeGenerationResults.get(engine, runtime).data?.get('filename');
  const { version } = packageOf(fileOf(engine)!)!.manifest;
  return `if (typeof location === "object") {
	var engines = Symbol.for("isthmus.engines");
	var url = new URL(__webpack_require__.p + ${JSON.stringify(name)}, location.href).href;
	(globalThis[engines] = globalThis[engines] || []).push({ version: ${JSON.stringify(version)}, url: url });
}`;
}
