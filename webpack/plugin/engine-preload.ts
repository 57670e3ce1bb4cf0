import { resolve } from 'node:path';
import type { AssetInfo, Compilation, Compiler } from 'webpack';
import { PLUGIN } from './build.js';
import { engineAsset } from './engine-address.js';
import { isCrossing, isEngine, nameInRspack } from './engine-file.js';

/** The page that a plugin for HTML is about to write, in the words of html-webpack-plugin and of Rspack's own. */
interface Page {
  readonly publicPath: string;
  readonly headTags: object[];
}

interface PageHooks {
  readonly alterAssetTagGroups: { tap(name: string, change: (page: Page) => Page): void };
}

type HtmlPlugin = Partial<
  Record<'getHooks' | 'getCompilationHooks', (compilation: Compilation) => PageHooks>
>;

const HTML_PLUGINS = ['HtmlWebpackPlugin', 'HtmlRspackPlugin'];

/** The attributes of the link by which a page asks for the engine as soon as it is read itself. */
export function preloadOf(href: string): Record<string, string> {
  return {
    ...{ rel: 'preload', href, as: 'fetch' },
    ...{ type: 'application/wasm', crossorigin: 'anonymous' },
  };
}

/** Lets the pages that a build writes ask for the engine at once, not only when the script that needs it runs. */
export function preloadEngine(compiler: Compiler): void {
  compiler.hooks.thisCompilation.tap(PLUGIN, (compilation) => {
    for (const hooks of pageHooksOf(compilation)) {
      hooks.alterAssetTagGroups.tap(PLUGIN, (page) => {
        const engine = engineAsset(compilation);
        if (engine === undefined) return page;
        // Behind the scripts: of files of one priority servers send the first first.
        const attributes = preloadOf(`${page.publicPath}${engine}`);
        page.headTags.push({ tagName: 'link', voidTag: true, attributes, meta: {} });
        return page;
      });
    }
  });
}

/** Keeps webpack from calling the engine's files too large for production, which nobody can change. */
export function allowEngineSize(compiler: Compiler): void {
  compiler.hooks.afterEnvironment.tap(PLUGIN, () => {
    const { performance } = compiler.options;
    if (typeof performance !== 'object') return;
    const { assetFilter = (name: string) => !name.endsWith('.map') } = performance;
    performance.assetFilter = (name, source, info) =>
      !isOfEngine(compiler, name, info) && assetFilter(name, source, info);
  });
}

function isOfEngine(compiler: Compiler, name: string, info: AssetInfo | undefined): boolean {
  const from = info?.sourceFilename;
  return [isEngine, isCrossing].some((isFile) =>
    from === undefined
      ? nameInRspack(compiler, isFile) === name
      : isFile(resolve(compiler.context, from)),
  );
}

/** Of each kind of plugin once, however many pages it writes. */
function pageHooksOf(compilation: Compilation): PageHooks[] {
  const kinds = new Set(compilation.compiler.options.plugins.map((plugin) => plugin?.constructor));
  const known = [...kinds].filter((kind) => kind && HTML_PLUGINS.includes(kind.name));
  return known.flatMap((kind) => {
    const { getHooks, getCompilationHooks = getHooks } = kind as HtmlPlugin;
    return getCompilationHooks?.call(kind, compilation) ?? [];
  });
}
