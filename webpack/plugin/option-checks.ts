import type { IsthmusOptions } from './options.js';
import type { ShareOverrides } from './shared-state.js';

/** @throws TypeError when a build has no name of its own. */
export function requireName(options: unknown): void {
  const name = (options as { name?: unknown } | null | undefined)?.name;
  if (typeof name === 'string' && name !== '') return;
  throw new TypeError(
    `IsthmusFederationPlugin: the option 'name' is missing. ` +
      `Give each build a name of its own, such as { name: 'remoteCart' }.`,
  );
}

/** The option `shared`, which may be a list as well, in the form that sharedState() takes. */
export function asOverrides(shared: IsthmusOptions['shared']): ShareOverrides {
  if (shared === undefined) return {};
  if (Array.isArray(shared)) return Object.assign({}, ...shared.map(asOverride));
  if (typeof shared === 'object' && shared !== null) return { ...shared } as ShareOverrides;
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
