import type { Plugin, PluginOption, ResolvedConfig } from 'vite';
import { asOverrides, requireName } from './option-checks.js';
import type { IsthmusOptions, ModuleFederationOptions } from './options.js';
import { packageNameIn, packageOf } from './paths.js';
import { sharedState, type ShareOverrides, type SharedState } from './shared-state.js';
import { preloadOf } from './engine-preload.js';
import { checksAndManifest, engineIn, sharedInside } from './vite-plugins.js';

export { sharedState } from './shared-state.js';
export type { IsthmusManifest, ManifestShare, ManifestSlice } from './manifest.js';
export type { ExposedModules, IsthmusOptions, ModuleFederationOptions } from './options.js';
export type { ShareConfig, SharedState, ShareOverrides } from './shared-state.js';

/** The options of {@link isthmusFederation}: those of the federation plugin that it is given, and ours. */
export type ViteFederationOptions<Options> = Omit<Options, keyof IsthmusOptions | 'federation'> &
  IsthmusOptions & {
    /** `federation` of `@module-federation/vite`. */
    federation: (options: Options) => PluginOption;
  };

/**
 * For an app without federation: keeps the engine's file beside the package in Vite's dev server, which else bundles
 * the package without it (Vite 6 and 7). The pages of a build ask for the engine at once, by `<link rel="preload">`.
 * {@link isthmusFederation} brings it along.
 *
 * @example
 * ```ts
 * // vite.config.ts
 * import { isthmus } from 'isthmus/vite';
 *
 * export default { plugins: [isthmus()] };
 * ```
 */
export function isthmus({ preload = true }: Pick<IsthmusOptions, 'preload'> = {}): Plugin {
  let config: ResolvedConfig;
  return {
    name: 'isthmus',
    config: () => ({ optimizeDeps: { exclude: ['isthmus'] } }),
    configResolved(resolved) {
      config = resolved;
    },
    transformIndexHtml(_html, { bundle = {} }) {
      const engine = engineIn(bundle, config.root);
      if (engine === undefined || !preload) return [];
      const attrs = preloadOf(`${config.base}${engine}`);
      return [{ tag: 'link', attrs, injectTo: 'head' }];
    },
  };
}

/**
 * Vite's federation plugin with the shared block of {@link sharedState}, checks, and
 * `isthmus-manifest.json` beside the remote's entry. What package.json does not list is not shared,
 * since that plugin brings whatever it is told to share.
 *
 * @example
 * ```ts
 * import { isthmusFederation } from 'isthmus/vite';
 *
 * declare const federation: (options: { filename?: string }) => []; // of '@module-federation/vite'
 *
 * export const plugins = [
 *   isthmusFederation({ federation, name: 'remoteCart', filename: 'remoteEntry.js' }),
 * ];
 * ```
 */
export function isthmusFederation<Options>(asked: ViteFederationOptions<Options>): PluginOption[] {
  requireName(asked);
  const { federation, slices = [], preload, ...options } = asked;
  const overrides = asOverrides(asked.shared);
  const shared = loadableOf(sharedState(overrides), overrides);
  const build = { ...(options as ModuleFederationOptions), name: asked.name, shared, slices };
  const plugin = federation({ ...options, shared } as Options);
  return [isthmus({ preload }), sharedInside(), plugin, checksAndManifest(build)];
}

/**
 * The block without what the project's package.json does not list, since the plugin would bring all that
 * it can find, and without `isthmus/inline` unless it is asked for: the plugin loads all of the block as
 * the page starts, and this has no state, but 300 kB.
 */
function loadableOf(shared: SharedState, overrides: ShareOverrides): SharedState {
  const { manifest = {} } = packageOf(process.cwd()) ?? {};
  const kinds = ['devDependencies', 'peerDependencies', 'optionalDependencies', 'dependencies'];
  const listed = new Set(kinds.flatMap((kind) => Object.keys(manifest[kind] ?? {})));
  const isListed = (name: string): boolean => name === 'isthmus' || listed.has(name);
  const isWanted = (request: string): boolean =>
    request !== 'isthmus/inline' || request in overrides;
  const entries = Object.entries(shared).filter(([request]) => {
    return isWanted(request) && isListed(packageNameIn(request));
  });
  return Object.fromEntries(entries);
}
