import type { Compiler, container } from 'webpack';
import { sharedState, type ShareOverrides } from './shared-state.js';

type WebpackFederationOptions = ConstructorParameters<typeof container.ModuleFederationPlugin>[0];

/** The options of webpack's ModuleFederationPlugin; `name` is required, a share may be `false`. */
export type FederationOptions = Omit<WebpackFederationOptions, 'shared'> & {
  shared?: WebpackFederationOptions['shared'] | ShareOverrides;
};

/**
 * Webpack's ModuleFederationPlugin with the shared block of {@link sharedState} merged in. What the
 * options say under `shared` is added to that block, and wins over it setting by setting.
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
 *   }),
 * ];
 * ```
 */
export class IsthmusFederationPlugin {
  readonly #options: WebpackFederationOptions;

  constructor(options: FederationOptions) {
    requireName(options);
    this.#options = { ...options, shared: sharedState(asOverrides(options.shared)) };
  }

  apply(compiler: Compiler): void {
    const { ModuleFederationPlugin } = federationOf(compiler);
    new ModuleFederationPlugin(this.#options).apply(compiler);
  }
}

function requireName(options: unknown): void {
  const name = (options as { name?: unknown } | null | undefined)?.name;
  if (typeof name === 'string' && name !== '') return;
  throw new TypeError(
    `IsthmusFederationPlugin: the option 'name' is missing. ` +
      `Give each build a name of its own, such as { name: 'remoteCart' }.`,
  );
}

function asOverrides(shared: FederationOptions['shared']): ShareOverrides {
  if (shared === undefined) return {};
  if (Array.isArray(shared)) return Object.assign({}, ...shared.map(asOverride));
  if (typeof shared === 'object' && shared !== null) return { ...shared };
  throw new TypeError(
    `IsthmusFederationPlugin: the option 'shared' must be an object or an array.`,
  );
}

function asOverride(item: unknown): ShareOverrides {
  if (typeof item === 'string') return { [item]: {} };
  if (typeof item === 'object' && item !== null) return item as ShareOverrides;
  throw new TypeError(
    `IsthmusFederationPlugin: an entry of the array 'shared' is neither a request nor an object.`,
  );
}

// A compiler without `webpack` is webpack 4 or a bundler without federation.
function federationOf(compiler: Partial<Compiler>): Compiler['webpack']['container'] {
  const federation = compiler.webpack?.container;
  if (federation?.ModuleFederationPlugin) return federation;
  throw new Error(
    'IsthmusFederationPlugin: this compiler has no ModuleFederationPlugin. Use webpack 5 or later.',
  );
}
