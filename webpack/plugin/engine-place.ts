import type { ChunkGraph, Compilation, Compiler, Module } from 'webpack';
import { fileOf, PLUGIN } from './build.js';
import { isCrossing, isEngine, nameInRspack } from './engine-file.js';
import { packageOf } from './paths.js';

/**
 * Lets each build say where its engine.wasm lies as soon as its runtime starts, long before its isthmus is
 * evaluated, if that ever is: of equal versions webpack takes one, from whichever build, whose own file may not
 * be reachable from the page (web/engine/places.ts).
 */
export function tellEnginePlace(compiler: Compiler): void {
  const { RuntimeGlobals, RuntimeModule } = compiler.webpack;
  class EnginePlace extends RuntimeModule {
    readonly #code: string;

    constructor(code: string) {
      super('isthmus engine place', RuntimeModule.STAGE_TRIGGER); // behind what sets the public path
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

function codeFor(compilation: Compilation): string | undefined {
  const engine = moduleOf(compilation, isEngine);
  const name = nameIn(compilation, isEngine);
  if (engine === undefined || name === undefined) return undefined; // it is in no chunk
  const { version } = packageOf(fileOf(engine)!)!.manifest;
  const crossing = nameIn(compilation, isCrossing);
  const second = crossing === undefined ? '' : `, crossing: at(${JSON.stringify(crossing)})`;
  return `if (typeof location === "object") {
	var engines = Symbol.for("isthmus.engines");
	var at = function (name) { return new URL(__webpack_require__.p + name, location.href).href; };
	(globalThis[engines] = globalThis[engines] || []).push({ version: ${JSON.stringify(version)}, url: at(${JSON.stringify(name)})${second} });
}`;
}

function moduleOf({ modules }: Compilation, isFile: (file: string) => boolean): Module | undefined {
  return [...modules].find((module) => isFile(fileOf(module) ?? ''));
}

function nameIn(compilation: Compilation, isFile: (file: string) => boolean): string | undefined {
  const module = moduleOf(compilation, isFile);
  return module && (nameInRspack(compilation.compiler, isFile) ?? nameOf(module, compilation));
}

/** What webpack calls the file of a module, known once code is generated. */
function nameOf(
  engine: Module,
  { chunkGraph, codeGenerationResults }: Compilation,
): string | undefined {
  const { getModuleRuntimes } = chunkGraph as Partial<ChunkGraph>;
  if (getModuleRuntimes === undefined) return undefined;
  const [runtime] = getModuleRuntimes.call(chunkGraph, engine);
  if (codeGenerationResults?.has(engine, runtime) !== true) return undefined;
  return codeGenerationResults.get(engine, runtime).data?.get('filename') as string | undefined;
}
