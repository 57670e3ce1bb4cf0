import {
  createIsolatedStore,
  loadEngine,
  type Contract,
  type Contracts,
  type Slice,
} from 'isthmus';
import type { DescribedSlices, ManifestSlice } from './manifest.js';

/** A module of the option `slices`, after it ran. */
export interface SliceModule {
  readonly file: string;
  readonly exports: object;
}

/** What to throw when a module failed while it ran. */
export function notRunnable(file: string, cause: unknown): Error {
  return new Error(
    `${file} of the option 'slices' failed while it was run in Node to be described: ` +
      `${(cause as Error).message}. Such a module must define slices and touch no page.`,
    { cause },
  );
}

/**
 * The slices and contracts that modules export. The engine checks every definition as on a page.
 *
 * @throws Error that names the module and what is wrong in it.
 */
export async function describeSlices(modules: readonly SliceModule[]): Promise<DescribedSlices> {
  await loadEngine();
  const slices: ManifestSlice[] = [];
  const contracts: Record<string, Contract> = {};
  for (const { file, exports } of modules) {
    const found = Object.values(exports).flatMap((value) => asSlice(value) ?? []);
    if (found.length === 0) {
      throw new Error(
        `${file} of the option 'slices' exports no slice. Export what defineSlice made.`,
      );
    }
    const own = { ...contractsOf(exports), ...Object.assign({}, ...found.map(contractOf)) };
    checkInEngine(file, found, contractsOf(exports));
    slices.push(...found.map(describeSlice));
    Object.assign(contracts, withDefaults(own));
  }
  return { slices, contracts };
}

/** Native slices, Redux Toolkit's, and objects with a key and a reducer. */
function asSlice(value: unknown): Slice | undefined {
  if (typeof value !== 'object' || value === null || !('reducer' in value)) return undefined;
  if (typeof value.reducer !== 'function') return undefined;
  if ('definitionId' in value || 'key' in value) return value as Slice;
  const { reducerPath, name, reducer } = value as Record<string, unknown>;
  const key = reducerPath ?? name;
  return typeof key === 'string' ? ({ key, reducer } as Slice) : undefined;
}

function contractOf(slice: Slice): Contracts {
  return slice.contract ?? {};
}

/** What a module exports as `contract`, `profileContract` or the like. */
function contractsOf(exports: object): Contracts {
  const named = Object.entries(exports).filter(([name]) => /contracts?$/i.test(name));
  return Object.assign({}, ...named.map(([, contracts]) => contracts as Contracts));
}

function checkInEngine(file: string, slices: Slice[], contract: Contracts): void {
  try {
    createIsolatedStore({ name: 'build', slices, contract }).dispose();
  } catch (error) {
    const { message } = error as Error;
    throw new Error(`${file} of the option 'slices' defines what isthmus refuses: ${message}`, {
      cause: error,
    });
  }
}

function describeSlice(slice: Slice): ManifestSlice {
  if (!('definitionId' in slice)) return { key: slice.key, schemaVersion: 1, native: false };
  return { key: slice.name, schemaVersion: slice.schemaVersion, native: true };
}

function withDefaults(contracts: Contracts): Contracts {
  return Object.fromEntries(
    Object.entries(contracts).map(([type, contract]) => {
      return [type, { from: '*', to: '*', schemaVersion: 1, ...contract }];
    }),
  );
}
