import { resolve } from 'node:path';
import type { Compilation } from 'webpack';
import { isEngine } from './engine-file.js';
import { addressFrom } from './manifest.js';

/** Where a build has engine.wasm, as its manifest, the file `from`, tells it; if it has one. */
export function engineAddress(compilation: Compilation, from: string): string | undefined {
  const engine = engineAsset(compilation);
  if (engine === undefined) return undefined;
  const { publicPath = 'auto' } = compilation.outputOptions;
  const hash = compilation.hash ?? undefined;
  const base = publicPath === 'auto' ? '' : compilation.getAssetPath(publicPath, { hash });
  return addressFrom(from, engine, base);
}

/** What a build calls its engine.wasm, if it has one. */
export function engineAsset(compilation: Compilation): string | undefined {
  const { context } = compilation.compiler;
  return compilation.getAssets().find(({ info: { sourceFilename } }) => {
    return sourceFilename !== undefined && isEngine(resolve(context, sourceFilename));
  })?.name;
}
