import type { Compiler, WebpackPluginInstance } from 'webpack';
import { checkBypasses } from './bypasses.js';
import { checkEagerImports } from './eager-imports.js';
import { keepEngineFile } from './engine-file.js';
import { tellEnginePlace } from './engine-place.js';
import { allowEngineSize, preloadEngine } from './engine-preload.js';
import { checkFederationPlugins } from './other-plugins.js';
import { writeManifest } from './manifest-asset.js';
import type {
  BundlerCompiler,
  FederationOptions,
  FederationPluginConstructor,
  ModuleFederationOptions,
} from './options.js';
import { asOverrides, requireName } from './option-checks.js';
import { loadClassicScripts } from './script-type.js';
import { sharedState, type SharedState } from './shared-state.js';

/**
 * The bundler's own ModuleFederationPlugin, of webpack 5 or Rspack, with the shared block of
 * {@link sharedState} merged in. What the options say under `shared` is added to that block, and wins
 * over it setting by setting. `federation` names another plugin to use.
 *
 * The engine's wasm becomes a file of the build, whatever this does with addresses and other wasm, and the pages that
 * html-webpack-plugin or Rspack's HtmlRspackPlugin writes ask for it at once (`preload`).
 * What would break at run time fails the build: shared modules imported before there is a boundary,
 * imports past the shared scope, a second federation plugin, a loader for the engine.
 * `isthmus-manifest.json` beside the remote's entry tells what the build shares, and its `slices`.
 *
 * @example
 * ```ts
 * import { IsthmusFederationPlugin } from 'isthmus/webpack';
 *
 * export const plugins = [
 *   new IsthmusFederationPlugin({
 *     name: 'remoteCart',
 *     filename: 'remoteEntry.js',
 *     exposes: { './App': './src/app.tsx' },
 *     slices: ['./src/cart-slice.ts'],
 *   }),
 * ];
 * ```
 */
export class IsthmusFederationPlugin<Options = ModuleFederationOptions> {
  readonly #options: FederationOptions<Options>;
  readonly #shared: SharedState;

  constructor(options: FederationOptions<Options>) {
    requireName(options);
    this.#options = options;
    this.#shared = sharedState(asOverrides(options.shared));
  }

  /** Called by the bundler. */
  apply(compiler: BundlerCompiler): void {
    const { federation, slices = [], preload = true, ...options } = this.#options;
    const bundler = compiler as unknown as Compiler;
    const asked = { ...options, shared: this.#shared };
    if (federation !== false) {
      const Federation = federation ?? builtInOf(bundler);
      this.#apply(new Federation(asked as never) as WebpackPluginInstance, bundler);
    }
    const build = { ...(options as ModuleFederationOptions), name: this.#options.name };
    const checked = { ...build, slices, shared: this.#shared };
    loadClassicScripts(bundler);
    keepEngineFile(bundler);
    tellEnginePlace(bundler);
    allowEngineSize(bundler);
    if (preload) preloadEngine(bundler);
    checkFederationPlugins(bundler, { ...checked, isOwn: federation !== false });
    checkEagerImports(bundler, checked);
    checkBypasses(bundler, checked);
    writeManifest(bundler, checked);
  }

  // `@module-federation/enhanced` looks for its options among the plugins of the compiler.
  #apply(plugin: WebpackPluginInstance, compiler: Compiler): void {
    const plugins = compiler.options?.plugins ?? [];
    const place = plugins.findIndex((each) => (each as unknown) === this);
    if (place >= 0) plugins[place] = plugin;
    plugin.apply(compiler);
  }
}

// A compiler without `webpack` is webpack 4 or a bundler without federation. Rspack has both names.
function builtInOf(compiler: Partial<Compiler>): FederationPluginConstructor<never> {
  const plugin = compiler.webpack?.container?.ModuleFederationPlugin;
  if (plugin) return plugin;
  throw new Error(
    'IsthmusFederationPlugin: this compiler has no ModuleFederationPlugin. Use webpack 5 or later.',
  );
}
