import { join } from 'node:path';
import type { Compilation, Compiler, Module } from 'webpack';
import { consumedBy, fail, fileOf, PLUGIN, type Build } from './build.js';
import { otherBuilds } from './other-builds.js';
import { isInside, packageOf, shown } from './paths.js';
import { sharedFiles } from './shared-files.js';

interface Import {
  readonly from: string;
  readonly request: string;
}

interface Copy extends Import {
  readonly file: string;
  readonly name: string;
  /** Whether the request is a path rather than the name of a package. */
  readonly isPath: boolean;
}

/**
 * Fails a build that copies what must be one on the page: the file of a shared package, imported by its
 * path or without a share, or the store of another build, imported from its folder.
 */
export function checkBypasses(compiler: Compiler, { shared }: Build): void {
  const inShared = sharedFiles(shared);
  const otherBuild = otherBuilds(compiler.context);
  compiler.hooks.thisCompilation.tap(PLUGIN, (compilation) => {
    compilation.hooks.finishModules.tap(PLUGIN, (modules) => {
      for (const module of modules) {
        const file = fileOf(module);
        if (file === undefined) continue;
        const name = inShared(file);
        const config = name === undefined ? otherBuild(file) : undefined;
        if (name !== undefined) failForCopies(compilation, module, { file, name });
        if (config !== undefined) failForStores(compilation, module, config);
      }
    });
  });
}

function failForCopies(
  compilation: Compilation,
  module: Module,
  { file, name }: { file: string; name: string },
): void {
  const context = compilation.compiler.context;
  const folder = packageOf(file)?.folder ?? file;
  for (const { from, request } of importsOf(compilation, module)) {
    if (isInside(folder, from) || from.includes('.federation')) continue;
    const isPath = /^(\.|\/|[A-Za-z]:[\\/])/.test(request);
    if (!isPath && name !== 'isthmus') continue;
    const files = { from: shown(context, from), file: shown(context, file) };
    fail(compilation, copyText({ ...files, request, name, isPath }), from);
  }
}

/** What to say of an import that passes by the share. */
export function copyText({ from, file, request, name, isPath }: Copy): string {
  const cure = isPath
    ? `Import it by its name: '${name}'.`
    : `Share '${request}': remove what takes it out of the 'shared' block of sharedState().`;
  return (
    `${from} imports '${request}', which is ${file} and not the shared '${name}': ` +
    `this build would bring a copy of its own, with state of its own. ${cure}`
  );
}

/** Types and constants of another build may be read from its folder; what uses a store may not. */
function failForStores(compilation: Compilation, module: Module, config: string): void {
  const request = storeRequest(compilation, module, new Set());
  if (request === undefined) return;
  const context = compilation.compiler.context;
  const folder = join(config, '..');
  for (const { from, request: path } of importsOf(compilation, module)) {
    if (isInside(folder, from)) continue;
    fail(
      compilation,
      `${shown(context, from)} imports '${path}' out of the folder of another build ` +
        `(${shown(context, config)}). It uses '${request}', so this build would get a copy of that ` +
        `store or slice beside the one on the page. Expose it there and import it as a remote, or ` +
        `move it to a package that both builds share.`,
      from,
    );
  }
}

const STORES = new Set(['isthmus', 'isthmus/react', 'isthmus/redux', 'redux', '@reduxjs/toolkit']);

/** The package for stores that a module, or what it imports, uses. */
function storeRequest(
  compilation: Compilation,
  module: Module,
  seen: Set<Module>,
): string | undefined {
  seen.add(module);
  for (const { module: next } of compilation.moduleGraph.getOutgoingConnections(module)) {
    if (!next || seen.has(next)) continue;
    const share = consumedBy(compilation, next);
    if (share !== undefined && STORES.has(share)) return share;
    const deeper = fileOf(next) === undefined ? undefined : storeRequest(compilation, next, seen);
    if (deeper !== undefined) return deeper;
  }
  return undefined;
}

/** Each file that imports a module, once for each way of naming it. */
function importsOf(compilation: Compilation, module: Module): Import[] {
  const found = new Map<string, Import>();
  for (const connection of compilation.moduleGraph.getIncomingConnections(module)) {
    const from = fileOf(connection.originModule);
    const request = (connection.dependency as { request?: string } | null)?.request;
    if (from !== undefined && request !== undefined) {
      found.set(`${from}\n${request}`, { from, request });
    }
  }
  return [...found.values()];
}
