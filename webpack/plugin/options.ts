import type { ShareConfig, ShareOverrides } from './shared-state.js';

/** What webpack, `@module-federation/enhanced` and Rspack show of a compiler. */
export interface BundlerCompiler {
  /** The folder of the build. */
  readonly context: string;
  /** The options of the build. */
  readonly options: object;
  /** The hooks of the bundler. */
  readonly hooks: object;
}

/** A federation plugin of any bundler, made from its options. */
export type FederationPluginConstructor<Options> = new (options: Options) => object;

/** The options that the federation plugins of webpack and of Rspack have in common. */
export interface ModuleFederationOptions {
  /** The file of the remote's entry. */
  filename?: string;
  /** The modules that others may import. */
  exposes?: ExposedModules;
  /** The remotes that this build imports from. */
  remotes?: Record<string, string | string[] | { external: string | string[] }> | string[];
  /** How remotes are loaded. */
  remoteType?: string;
  /** How the container is offered. */
  library?: { type: string; name?: string };
  /** The name of the runtime's chunk, or false. */
  runtime?: string | false;
  /** The name of the share scope; `default` by default. */
  shareScope?: string;
}

/** What a build offers to others, by the name under which they ask for it. */
export type ExposedModules =
  Record<string, string | string[] | { import: string | string[]; name?: string }> | string[];

/** What isthmus adds to the options of a federation plugin. */
export interface IsthmusOptions {
  /** The name of this build; no two builds of a page may have the same. */
  name: string;
  /** Added to the block of `sharedState()`, over which it wins setting by setting. */
  shared?: readonly (string | Record<string, ShareConfig | string>)[] | ShareOverrides;
  /**
   * Modules whose exports are the slices of this build, such as `['./src/cart-slice.ts']`. They are
   * compiled with the build's own loaders, run once while it builds, and described in
   * isthmus-manifest.json; a definition that the engine refuses is an error of the build. An export
   * called `contract`, or `profileContract`, is taken as contracts of slices made otherwise.
   */
  slices?: readonly string[];
  /**
   * Whether the pages that the build writes ask for engine.wasm as soon as they are read, by `<link rel="preload">`, and not
   * only when a script needs it; true by default. False for pages that never load the engine.
   */
  preload?: boolean;
}

/**
 * The options of {@link IsthmusFederationPlugin}: those of the bundler's own federation plugin, or of
 * the one that `federation` names.
 */
export type FederationOptions<Options = ModuleFederationOptions> = Omit<
  Options,
  keyof IsthmusOptions | 'federation'
> &
  IsthmusOptions & {
    /**
     * Which plugin federates: that of the compiler by default, or the constructor of another, such as
     * `ModuleFederationPlugin` of `@module-federation/enhanced/webpack`. With `false` somebody else
     * applies one, with `shared: sharedState()`; it is then checked here and described.
     */
    federation?: FederationPluginConstructor<Options> | false;
  };
