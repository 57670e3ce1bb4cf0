import type { Compilation, Compiler } from 'webpack';
import { fail, PLUGIN, type Build } from './build.js';
import { OWN_REQUESTS, weakestOf, type SharedState } from './shared-state.js';

interface FederationOptions {
  readonly name?: string;
  readonly shared?: SharedState;
}

interface Applied {
  readonly name?: string;
  readonly options?: FederationOptions;
  readonly _options?: FederationOptions;
}

const FEDERATION_PLUGINS = new Set(['ModuleFederationPlugin', 'ModuleFederationPluginV1']);

/** Two plugins of ours in one build would both tell the same. */
const checked = new WeakSet<Compilation>();

/**
 * Fails a build in which more than one plugin federates, since each would have a shared block of its
 * own, and one whose only plugin was made by hand and shares isthmus less well than sharedState().
 */
export function checkFederationPlugins(
  compiler: Compiler,
  { name, isOwn }: Build & { readonly isOwn: boolean },
): void {
  compiler.hooks.thisCompilation.tap(PLUGIN, (compilation) => {
    if (checked.has(compilation)) return;
    checked.add(compilation);
    const applied = compiler.options.plugins.filter(isFederation).map(optionsOf);
    const names = applied.map((options) => `'${options.name ?? name}'`);
    if (applied.length > 1) {
      const first = `this build federates ${applied.length} times (${names.join(', ')}), each time`;
      const cure = `Keep one IsthmusFederationPlugin, with the exposes and remotes of all.`;
      fail(compilation, `${first} with a shared block of its own. ${cure}`);
    }
    if (isOwn) return;
    for (const options of applied) {
      const problem = problemOf(options.shared);
      if (problem) fail(compilation, `the ModuleFederationPlugin '${options.name}': ${problem}`);
    }
  });
}

// Every bundler's plugin keeps its options, under one of two names.
function optionsOf(plugin: unknown): FederationOptions {
  const { _options, options = {} } = plugin as Applied;
  return _options ?? options;
}

function isFederation(plugin: unknown): boolean {
  if (typeof plugin !== 'object' || plugin === null) return false;
  const { name } = plugin as Applied;
  return FEDERATION_PLUGINS.has(name ?? '') || FEDERATION_PLUGINS.has(plugin.constructor.name);
}

function problemOf(shared: SharedState = {}): string | undefined {
  const weak = OWN_REQUESTS.find((request) => {
    const share = shared[request];
    return share === undefined ? request === 'isthmus' : share.singleton !== true;
  });
  if (weak === undefined) return weakestOf(shared);
  return (
    `'${weak}' is not shared as a singleton, so this build would bring a store of its own. ` +
    `Give it 'shared: sharedState()' of isthmus/webpack.`
  );
}
