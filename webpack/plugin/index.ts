export { IsthmusFederationPlugin } from './federation-plugin.js';
export type { FederationOptions } from './federation-plugin.js';
export { sharedState } from './shared-state.js';
export type { ShareConfig, SharedState, ShareOverrides } from './shared-state.js';
