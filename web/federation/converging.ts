import {
  keyOf,
  type AnyNativeSlice,
  type AnySlice,
  type JsSlice,
  type ToolkitSlice,
  type Upcast,
} from '../api/slice.js';
import type { Contracts } from '../api/contract.js';
import type { KeyOf, StateOf } from '../api/slice-states.js';
import { EngineError } from '../base/errors.js';
import { hashOf } from '../base/text-hash.js';
import type { ContractsOf } from '../program/types/slice-contracts.js';
import { asSlice } from '../store/lifecycle/toolkit-slice.js';

/** What {@link converging} is told of a slice whose reducers are functions. */
export interface ConvergingOptions<Given = Contracts, State = unknown> {
  /**
   * The version of the reducers: another one whenever they would make another state of the same actions. Tabs with different
   * versions never mix their states.
   */
  readonly version: number | string;
  /**
   * What may cross, by action type: every type that changes the slice. Types and `never` paths are held against
   * the slice's action creators.
   */
  readonly contract: Given;
  /** Begins with what another release's tabs or records have, where nobody has this one yet. */
  readonly upcast?: Upcast<State>;
}

/** A slice as {@link converging} makes it: a native one stays what it is. */
export type ConvergingSlice<Slice> = Slice extends AnyNativeSlice
  ? Slice
  : JsSlice & Pick<Slice, keyof Slice & ('reducer' | 'actions')> & { readonly key: KeyOf<Slice> };

/**
 * Makes a slice of Redux Toolkit, `native` or not, or `{ key, reducer }`, converge: all tabs that have it show the same state, the one
 * that its reducers give for the same actions in the same order. Its own action types (`key/...`) cross by
 * themselves, and it changes only by what crosses; the reducers must be pure and the state plain data.
 *
 * @throws EngineError `invalid-definition` where an action creator's type has no contract.
 *
 * @example
 * ```ts
 * import { createSlice } from '@reduxjs/toolkit';
 * import { converging, joinSharedStore } from 'isthmus';
 *
 * const cart = createSlice({
 *   name: 'cart',
 *   initialState: [] as string[],
 *   reducers: { add: (state, { payload }: { payload: string }) => void state.push(payload) },
 * });
 * const contract = { 'cart/add': { payload: { type: 'string' } } };
 * joinSharedStore({ app: 'cart', slices: [converging(cart, { version: 1, contract })] });
 * ```
 */
export function converging<
  const Slice extends AnySlice | ToolkitSlice,
  const Given extends Contracts = Contracts,
>(
  slice: Slice,
  options: ConvergingOptions<ContractsOf<Slice, Given>, StateOf<Slice>>,
): ConvergingSlice<Slice>;
export function converging(
  slice: AnySlice | ToolkitSlice,
  { version, contract, upcast }: ConvergingOptions,
): AnySlice {
  const made = asSlice(slice);
  const key = keyOf(made);
  const { actions = {} } = made as JsSlice;
  assertContracts(key, actions, contract);
  const fingerprint = hashOf(JSON.stringify([key, version, contract]));
  const converge = { fingerprint, ...(upcast && { upcast }) };
  return Object.freeze({ ...made, contract, converge });
}

function assertContracts(key: string, actions: object, contract: Contracts): void {
  for (const creator of Object.values(actions)) {
    const { type } = creator as { type?: unknown };
    if (typeof type !== 'string' || !type.startsWith(`${key}/`) || type in contract) continue;
    if (type === `${key}/teardown`) continue; // the slice goes in this tab only
    const message = `slice '${key}' converges, so its action '${type}' crosses and needs a contract: converging(slice, { contract: { '${type}': { payload: ... } } })`;
    throw new EngineError('invalid-definition', message, '/contract');
  }
}
