import type { Compilation, Compiler, Module } from 'webpack';
import { consumedBy, fail, fileOf, PLUGIN, shareIn, type Build } from './build.js';
import { shown } from './paths.js';

/**
 * Fails a build whose entry needs a shared module at once. Shared modules are settled between hosts and
 * remotes first, so an entry may use them only behind an `import()`, or the app dies at its start with
 * "not available for eager consumption".
 */
export function checkEagerImports(compiler: Compiler, { experiments }: Build): void {
  if (experiments?.asyncStartup) return;
  compiler.hooks.thisCompilation.tap(PLUGIN, (compilation) => {
    // Chunks are known here, and modules not yet merged into one another.
    compilation.hooks.optimizeModules.tap(PLUGIN, () => {
      for (const [entry, { chunks }] of compilation.entrypoints) {
        if (isExposed(compilation, entry)) continue;
        const modules = chunks.flatMap((chunk) => [
          ...compilation.chunkGraph.getChunkModulesIterable(chunk),
        ]);
        failForEager(compilation, entry, modules);
      }
    });
  });
}

/** One error for each file of the entry that imports shares. */
function failForEager(compilation: Compilation, entry: string, modules: Module[]): void {
  const context = compilation.compiler.context;
  const files = new Set(modules.flatMap((module) => fileOf(module) ?? []));
  const importsOf = new Map<string, Set<string>>();
  for (const module of modules.filter((each) => isLateShare(compilation, each))) {
    const request = consumedBy(compilation, module)!;
    for (const { originModule } of compilation.moduleGraph.getIncomingConnections(module)) {
      const file = fileOf(originModule);
      if (file === undefined || !files.has(file)) continue;
      importsOf.set(file, (importsOf.get(file) ?? new Set()).add(request));
    }
  }
  for (const [file, requests] of importsOf) {
    const names = [...requests].map((request) => `'${request}'`).join(', ');
    fail(
      compilation,
      `${shown(context, file)} imports ${names} while entry '${entry}' starts, before shared modules ` +
        `are settled ("not available for eager consumption" at run time). Move what entry '${entry}' ` +
        `does to a module of its own, such as ./bootstrap, and leave only import('./bootstrap') in it.`,
      file,
    );
  }
}

/** Whether an entry only repeats what the container hands out, since a bundler asks for some entry. */
function isExposed({ entries, moduleGraph }: Compilation, entry: string): boolean {
  const modules = (entries.get(entry)?.dependencies ?? []).flatMap((dependency) => {
    return moduleGraph.getModule(dependency) ?? [];
  });
  return modules.some((module) => {
    const connections = [...moduleGraph.getIncomingConnections(module)];
    return connections.some(({ dependency }) => dependency?.type === 'container exposed');
  });
}

function isLateShare(compilation: Compilation, module: Module): boolean {
  const eager = shareIn(compilation, module, /^consume shared module .*?( \(eager\))?$/);
  return eager !== undefined && eager[1] === undefined;
}
