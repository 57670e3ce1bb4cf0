import { basename } from 'node:path';
import type { Compiler, RuleSetRule } from 'webpack';
import { fail, fileOf, PLUGIN, type BuiltModule } from './build.js';
import { packageOf, shown } from './paths.js';

/** What asks for the addresses of the engine's two files, and these. */
const ASKING = /[\\/]dist[\\/]engine-source\.browser\.js$/;
const ENGINE = /[\\/]dist[\\/]engine\.wasm$/;
const CROSSING = /[\\/]dist[\\/]engine-crossing\.wasm$/;

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
    ...[isEngine, isCrossing].map((test) => ({
      ...{ test, dependency: 'url', type: 'asset/resource' },
      ...namedInRspack(compiler, test),
    })),
  );
  compiler.hooks.thisCompilation.tap(PLUGIN, (compilation) => {
    compilation.hooks.finishModules.tap(PLUGIN, (modules) => {
      for (const module of modules) {
        const file = fileOf(module);
        const { loaders = [] } = module as object as LoadedModule;
        if (file === undefined || loaders.length === 0) continue;
        if (!isEngine(file) && !isCrossing(file)) continue;
        const names = loaders.map(({ loader }) => shown(compiler.context, loader)).join(', ');
        const cure = `Leave it out of the rule of that loader: exclude: /isthmus.dist.engine.*\\.wasm$/.`;
        fail(compilation, `${basename(file)} of isthmus goes through ${names}. ${cure}`, file);
      }
    });
  });
}

type IsFile = (file: string) => boolean;

const names = new WeakMap<Compiler, Map<IsFile, string>>();

/** What Rspack calls a file of the engine, of which it tells plugins nothing: so it is called as this says. */
export function nameInRspack(compiler: Compiler, isFile: IsFile): string | undefined {
  return names.get(compiler)?.get(isFile);
}

function namedInRspack(compiler: Compiler, isFile: IsFile): Pick<RuleSetRule, 'generator'> {
  if (!('rspackVersion' in compiler.webpack)) return {};
  const filename = ({ contentHash }: { contentHash?: string }): string => {
    const known = names.get(compiler) ?? new Map<IsFile, string>();
    if (contentHash !== undefined) names.set(compiler, known.set(isFile, `${contentHash}.wasm`));
    return '[contenthash].wasm';
  };
  return { generator: { filename } };
}

/** Whether a file is the first one of isthmus' engine. */
export function isEngine(file: string): boolean {
  return isOwn(file, ENGINE);
}

/** Whether it is the second one. */
export function isCrossing(file: string): boolean {
  return isOwn(file, CROSSING);
}

function isOwn(file: string, pattern: RegExp): boolean {
  return pattern.test(file) && packageOf(file)?.manifest.name === 'isthmus';
}
