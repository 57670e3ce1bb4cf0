import type { Compilation, Compiler } from 'webpack';
import type { ModuleFederationOptions } from './options.js';
import type { SharedState } from './shared-state.js';

/** What is known of a build before it starts. */
export interface Build extends ModuleFederationOptions {
  readonly name: string;
  readonly shared: SharedState;
  readonly slices: readonly string[];
  /** Of `@module-federation/enhanced` and Rspack: the entries themselves are made asynchronous. */
  readonly experiments?: { readonly asyncStartup?: boolean };
}

export const PLUGIN = 'IsthmusFederationPlugin';

/** The part of a module that webpack, enhanced and Rspack all show. */
export interface BuiltModule {
  readonly type: string;
  readonly resource?: string;
}

/** The file of a module, without a query; undefined for what a plugin made. */
export function fileOf(module: object | null | undefined): string | undefined {
  return (module as BuiltModule | null | undefined)?.resource?.split('?')[0];
}

/** Fails the build with a message that names the file, when there is one, the cause and the cure. */
export function fail(compilation: Compilation, message: string, file?: string): void {
  const { webpack } = compilation.compiler as Compiler;
  const error = new webpack.WebpackError(`${PLUGIN}: ${message}`);
  error.hideStack = true;
  if (file !== undefined) error.file = file;
  compilation.errors.push(error);
}

/** The name of a consumed share, such as `isthmus/react`; undefined for any other module. */
export function consumedBy(compilation: Compilation, module: object): string | undefined {
  return shareIn(compilation, module, /^consume shared module \([^)]*\) (.+?)@/)?.[1];
}

/** Matches the text by which all three bundlers tell what a share is. */
export function shareIn(
  compilation: Compilation,
  module: object,
  pattern: RegExp,
): RegExpExecArray | undefined {
  const { type } = module as BuiltModule;
  if (type !== 'consume-shared-module' && type !== 'provide-module') return undefined;
  const shared = module as { readableIdentifier(shortener: unknown): string };
  return pattern.exec(shared.readableIdentifier(compilation.requestShortener)) ?? undefined;
}
