import { createRequire } from 'node:module';
import { join } from 'node:path';
import { compileFunction } from 'node:vm';
import type { Compilation, Compiler } from 'webpack';
import type { Build } from './build.js';
import { notRunnable, type SliceModule } from './slice-modules.js';

const OWN_IMPORT = /^isthmus(\/(react|redux|testing))?$/;

/**
 * Compiles the modules of the option `slices` for Node, in a child of the build with the same loaders
 * and aliases, and runs them. What they import of isthmus is the package that this plugin came with.
 *
 * @throws Error that names the module.
 */
export async function compileSlices(
  compilation: Compilation,
  { slices }: Build,
): Promise<SliceModule[]> {
  const files = slices.map((file, i) => ({ file, asset: `isthmus-slices-${i}.js` }));
  await runChild(compilation, files);
  const own = await ownModules();
  return files.map(({ file, asset }) => {
    const code = String(compilation.getAsset(asset)?.source.source() ?? '');
    compilation.deleteAsset(asset);
    return { file, exports: runModule({ code, file }, compilation.compiler.context, own) };
  });
}

type SliceFile = { readonly file: string; readonly asset: string };

function runChild(compilation: Compilation, files: readonly SliceFile[]): Promise<void> {
  const { webpack, context } = compilation.compiler as Compiler;
  const output = { filename: '[name].js', library: { type: 'commonjs2' }, publicPath: '' };
  const child = compilation.createChildCompiler('isthmus slices', output, []);
  const plugins = [
    new webpack.node.NodeTemplatePlugin(),
    new webpack.node.NodeTargetPlugin(),
    new webpack.LoaderTargetPlugin('node'),
    new webpack.library.EnableLibraryPlugin('commonjs2'),
    new webpack.ExternalsPlugin('commonjs2', OWN_IMPORT),
    ...files.map(({ file, asset }) => {
      return new webpack.EntryPlugin(context, file, { name: asset.replace(/\.js$/, '') });
    }),
  ];
  // Now, because a child takes the parent's hooks in place of those of plugins that it is given.
  for (const plugin of plugins) plugin.apply(child);
  return new Promise((resolve, reject) => {
    child.runAsChild((error, _entries, result) => {
      const [problem = error] = result?.errors ?? [];
      if (!problem) return resolve();
      const names = files.map(({ file }) => file).join(', ');
      reject(new Error(`the slices of ${names} could not be compiled: ${problem.message}`));
    });
  });
}

async function ownModules(): Promise<Map<string, object>> {
  const modules = { isthmus: import('isthmus'), 'isthmus/redux': import('isthmus/redux') };
  const loaded = Object.entries(modules).map(
    async ([name, module]) => [name, await module] as const,
  );
  return new Map(await Promise.all(loaded));
}

function runModule(
  { code, file }: { code: string; file: string },
  context: string,
  own: Map<string, object>,
): object {
  const module = { exports: {} };
  const filename = join(context, file);
  const load = createRequire(filename);
  const resolve = (name: string): unknown => own.get(name) ?? load(name);
  const run = compileFunction(code, ['module', 'exports', 'require'], { filename });
  try {
    run(module, module.exports, resolve);
  } catch (error) {
    throw notRunnable(file, error);
  }
  return module.exports;
}
