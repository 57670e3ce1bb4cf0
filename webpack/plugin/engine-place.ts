import type { ChunkGraph, Compilation, Compiler, Module, RuntimeModule } from 'webpack';
import { fileOf, PLUGIN } from './build.js';
import { isEngine } from './engine-file.js';
import { packageOf } from './paths.js';

/**
 * Lets each build say where its engine.wasm lies as soon as its runtime starts, long before its isthmus is evaluated, if
 * that ever is: of equal versions webpack takes one, from whichever build, whose own file may not be reachable from the
 * page (web/engine/places.ts).
 */
export function tellEnginePlace(compiler: Compiler): void {
  const { RuntimeGlobals, RuntimeModule: Base } = compiler.webpack;
  if (Base === undefined) return;
  compiler.hooks.thisCompilation.tap(PLUGIN, (compilation) => {
    compilation.hooks.additionalTreeRuntimeRequirements.tap(PLUGIN, (chunk, requirements) => {
      const engine = [...compilation.modules].find((module) => isEngine(fileOf(module) ?? ''));
      if (engine === undefined) return;
      requirements.add(RuntimeGlobals.publicPath);
      compilation.addRuntimeModule(chunk, placeModule(Base, compilation, engine));
    });
  });
}

function placeModule(Base: typeof RuntimeModule, compilation: Compilation, engine: Module) {
  class EnginePlace extends Base {
    constructor() {
      super('isthmus engine place', Base.STAGE_ATTACH); // behind what sets the public path
    }

    override generate(): string {
      const name = emittedName(compilation, engine);
      return name === undefined ? '' : codeFor(versionOf(engine), name);
    }
  }
  return new EnginePlace();
}

/** Undefined in Rspack, which does not tell, and where the engine is in no chunk. */
function emittedName(compilation: Compilation, engine: Module): string | undefined {
  const { codeGenerationResults } = compilation;
  const { getModuleRuntimes } = compilation.chunkGraph as Partial<ChunkGraph>;
  const runtimes = getModuleRuntimes?.call(compilation.chunkGraph, engine) ?? [];
  const [result] = Array.from(runtimes, (each) => codeGenerationResults?.get(engine, each));
  return result?.data?.get('filename') as string | undefined;
}

function versionOf(engine: Module): string {
  return String(packageOf(fileOf(engine)!)!.manifest['version']);
}

/** On a server there is no page to tell. */
function codeFor(version: string, name: string): string {
  return `if (typeof location === "object") {
	var engines = Symbol.for("isthmus.engines");
	var url = new URL(__webpack_require__.p + ${JSON.stringify(name)}, location.href).href;
	(globalThis[engines] = globalThis[engines] || []).push({ version: ${JSON.stringify(version)}, url: url });
}`;
}
