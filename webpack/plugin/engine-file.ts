import type { Compiler, RuleSetRule } from 'webpack';
import { fail, fileOf, PLUGIN, type BuiltModule } from './build.js';
import { packageOf, shown } from './paths.js';

/** What asks for the engine's address, and the engine. */
const ASKING = /[\\/]dist[\\/]engine-source\.browser\.js$/;
const ENGINE = /[\\/]dist[\\/]engine\.wasm$/;

interface LoadedModule extends BuiltModule {
  readonly loaders?: readonly { readonly loader: string }[];
}

/**
 * Lets the build bring engine.wasm as a file and find its address, whatever it does with other addresses
 * (`module.parser.javascript.url: false`, as Angular's builder has it) and other wasm. In the federation of webpack
 * one build's isthmus serves the whole page, so that a remote without the file would take its host down.
 * Fails a build with a loader for it, since what that makes of it is no wasm any more.
 */
export function keepEngineFile(compiler: Compiler): void {
  compiler.options.module.rules.push(
    { test: (file) => isOwn(file, ASKING), parser: { url: true } },
    { test: isEngine, dependency: 'url', type: 'asset/resource', ...namedInRspack(compiler) },
  );
  compiler.hooks.thisCompilation.tap(PLUGIN, (compilation) => {
    compilation.hooks.finishModules.tap(PLUGIN, (modules) => {
      for (const module of modules) {
        const file = fileOf(module);
        const { loaders = [] } = module as object as LoadedModule;
        if (file === undefined || loaders.length === 0 || !isEngine(file)) continue;
        const names = loaders.map(({ loader }) => shown(compiler.context, loader)).join(', ');
        const cure = `Leave it out of the rule of that loader: exclude: /isthmus.dist.engine\\.wasm$/.`;
        fail(compilation, `engine.wasm of isthmus goes through ${names}. ${cure}`, file);
      }
    });
  });
}

const names = new WeakMap<Compiler, string>();

/** What Rspack calls the engine's file, of which it tells plugins nothing: so it is called as this says. */
export function nameInRspack(compiler: Compiler): string | undefined {
  return names.get(compiler);
}

function namedInRspack(compiler: Compiler): Pick<RuleSetRule, 'generator'> {
  if (!('rspackVersion' in compiler.webpack)) return {};
  const filename = ({ contentHash }: { contentHash?: string }): string => {
    if (contentHash !== undefined) names.set(compiler, `${contentHash}.wasm`);
    return '[contenthash].wasm';
  };
  return { generator: { filename } };
}

/** Whether a file is the engine of isthmus. */
export function isEngine(file: string): boolean {
  return isOwn(file, ENGINE);
}

function isOwn(file: string, pattern: RegExp): boolean {
  return pattern.test(file) && packageOf(file)?.manifest.name === 'isthmus';
}
