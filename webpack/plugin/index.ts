export { IsthmusFederationPlugin } from './federation-plugin.js';
export type { IsthmusManifest, ManifestShare, ManifestSlice } from './manifest.js';
export type {
  BundlerCompiler,
  ExposedModules,
  FederationOptions,
  FederationPluginConstructor,
  IsthmusOptions,
  ModuleFederationOptions,
} from './options.js';
export { sharedState } from './shared-state.js';
export type { ShareConfig, SharedState, ShareOverrides } from './shared-state.js';
