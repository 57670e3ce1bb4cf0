import type { Action } from 'redux';

import type { Contracts, Step } from '../api/contract.js';
import type { AnyNativeSlice, Upcast } from '../api/slice.js';
import { EngineError } from '../base/errors.js';
import { nearest } from '../base/nearest.js';
import { pointerTo } from '../base/path.js';
import { setMember } from '../base/plain-object.js';
import { hashOf } from '../base/text-hash.js';
import type { EngineAction } from '../engine/action.js';
import { requireEngine } from '../engine/load.js';
import { createAction, type CreatorOf, type Prepare, type PrepareAll } from './action-creator.js';
import { assertDefinition } from './checked-definition.js';
import { compileOnce } from './compile.js';
import { madeBy, reducerOf, type FunctionReducer, type Recipe } from './function-reducer.js';
import { payload } from './expressions.js';
import { neverReadBy } from './never-reads.js';
import { reference } from './references.js';
import type { CheckedContracts } from './types/contracts.js';
import type { CheckedWritten } from './types/errors.js';
import type { CheckedIndex, Index } from './types/indices.js';
import type { Made, References } from './types/written.js';

type Reducers<State = never> = Record<string, readonly Step[] | FunctionReducer<State>>;

/** Reducers, or a function of references that gives them. */
type Written<State = never> =
  Reducers<State> | ((references: References<State>) => Reducers<State>);

/** What there is of reducers, of which nothing is known where there are none. */
type Listed<On> = string extends keyof On ? Record<never, never> : On;

/** What {@link defineSlice} takes. */
export interface SliceDefinition<
  State = unknown,
  Own = Written,
  On = Written,
  Prepared = Record<string, Prepare>,
  Name extends string = string,
  Indexed = Index,
  Given = Contracts,
> {
  /** The key in the state and the prefix of the slice's action types. */
  readonly name: Name;
  /** The version of the state's shape; 1 by default. */
  readonly schemaVersion?: number;
  /** The state to begin with: plain data, null if there is none. */
  readonly initialState: State;
  /**
   * Functions or steps by event: `addItem` handles `name/addItem` and gets an action creator. A function gets a
   * draft of the state, to which it may write, and the action. A function in place of the whole object is given
   * typed references, for steps: `({ state, payload }) => ({ rename: [set(state.name, payload())] })`.
   */
  readonly reducers: Own;
  /** Functions or steps by other slices' action types, or a function of references that gives them. */
  readonly on?: On;
  /** Action creators that take arguments of their own instead of the payload. */
  readonly prepare?: Prepared;
  /**
   * Arrays, by JSON Pointer, and the members by which `upsert` finds their elements without a scan:
   * `{ '/items': ['sku'] }`.
   */
  readonly index?: Indexed;
  /** What may cross the bridge, of the types that the slice handles: its own and those of `on`. */
  readonly contract?: Given;
  /**
   * Whether all tabs are to show the same state of the slice. Its own action types then cross by themselves, and
   * each of them needs a contract; it changes only by what crosses. No by default. With `upcast`, a release that
   * nobody has yet begins with what another one's tabs or records have.
   */
  readonly converge?: boolean | { readonly upcast: Upcast<State> };
}

/** A slice whose reducers run in the engine. Its `reducer` works in any Redux store. */
export interface NativeSlice<State, Actions, Name extends string = string> extends AnyNativeSlice {
  /** The key in the state, and the prefix of its action types. */
  readonly name: Name;
  /** The action creators, by event. */
  readonly actions: Actions;
  /** A pure Redux reducer over views; needs the engine to be loaded. */
  readonly reducer: (state: State | undefined, action: Action) => State;
  /** The state to begin with. */
  readonly getInitialState: () => State;
}

/**
 * Defines a slice whose reducers are data: lists of steps, compiled once and run by the C++ engine. May
 * be called before the engine is loaded; the definition is then checked when it is first used.
 *
 * Steps are typed against the initial state: a path that it does not have, or a value that does not fit
 * there, does not compile. What the steps ask of the payload types the action creators: `qty` below is
 * a number because it is added to one. Where the types tell nothing the payload is unknown.
 *
 * @throws EngineError `invalid-definition` with the place inside the definition, and with what was probably
 * meant.
 *
 * @example
 * ```ts
 * import { defineSlice } from 'isthmus';
 * import { inc, payload, reset, upsert } from 'isthmus/program';
 *
 * export const cart = defineSlice({
 *   name: 'cart',
 *   initialState: { items: [] as { sku: string; qty: number }[] },
 *   reducers: {
 *     addItem: [upsert('/items', { by: 'sku', value: payload(), onMatch: [inc('/qty', payload('qty'))] })],
 *     teardown: [reset()],
 *   },
 *   on: { 'auth/logout': [reset()] },
 * });
 * cart.actions.addItem({ sku: 'a', qty: 1 }); // { type: 'cart/addItem', payload: { sku: 'a', qty: 1 } }
 * ```
 */
export function defineSlice<
  State,
  const Own extends Written<State>,
  const On extends Written<State> = Written<State>,
  Prepared extends PrepareAll<State, Made<Own>> = Record<never, never>,
  const Name extends string = string,
  const Indexed extends Index = Record<never, never>,
  const Given extends Contracts = Record<never, never>,
>(
  definition: SliceDefinition<
    State,
    Own & CheckedWritten<State, Own>,
    On & CheckedWritten<State, On>,
    Prepared,
    Name,
    CheckedIndex<State, Indexed>,
    CheckedContracts<
      { state: State; name: Name; own: Made<Own>; on: Listed<Made<On>>; prepared: Prepared },
      Given
    >
  >,
): NativeSlice<
  State,
  // Written out here so that editors and declaration files show the creators, not the steps.
  {
    readonly [Event in keyof Made<Own> & string]: CreatorOf<
      State,
      Made<Own>[Event],
      Event extends keyof Prepared ? Prepared[Event] : undefined,
      `${Name}/${Event}`
    >;
  },
  Name
> {
  const given = written(definition);
  assertDefinition(given);
  const { name, schemaVersion = 1, initialState } = given;
  const contract = (given.contract ?? {}) as Contracts;
  const own = parted(given.reducers as Reducers, (event) => `${name}/${event}`);
  const others = parted((given.on ?? {}) as Reducers, (type) => type);
  const index = given.index as Index | undefined;
  const prepare = (given.prepare ?? {}) as Partial<Record<string, Prepare>>;
  const functions = new Map([...own.functions, ...others.functions]);
  const program = {
    ...{ name, initialState, reducers: own.steps, on: others.steps },
    ...(index && { index }),
  };
  const events = Object.keys(given.reducers);
  const ownTypes = events.map((event) => `${name}/${event}`);
  const types = Object.freeze([...ownTypes, ...Object.keys(given.on ?? {})]);
  checkContract(name, contract, types);
  const converges = given.converge ?? false;
  if (converges !== false) {
    checkCrossing(name, contract, ownTypes);
    for (const [event, steps] of Object.entries(own.steps)) {
      checkReads(`${name}/${event}`, steps, contract);
    }
    for (const [type, steps] of Object.entries(others.steps)) checkReads(type, steps, contract);
  }
  const converge = converges !== false && {
    fingerprint: hashOf(JSON.stringify([program, schemaVersion, contract, ...functions.keys()])),
    ...(converges !== true && { upcast: converges.upcast as Upcast<unknown> }),
  };
  const definitionId = compileOnce(program);

  const creators = events.map((event) => [event, createAction(`${name}/${event}`, prepare[event])]);
  const reducers = new Map(
    [...functions].map(([type, recipe]) => [type, reducerOf(definitionId, recipe)]),
  );
  const made = (state: unknown, action: Action) =>
    madeBy(functions.get(action.type)!, state, action);
  const reduce = (state: unknown, action: Action): unknown => {
    const reducer = reducers.get(action.type);
    if (reducer !== undefined) return reducer(state, action);
    if (state !== undefined && !types.includes(action.type)) return state;
    return requireEngine().reduce(definitionId(), state, action as EngineAction);
  };
  return Object.freeze({
    name,
    schemaVersion,
    contract,
    types,
    ...(converge && { converge }),
    ...(functions.size > 0 && { functions: { has: (type: string) => functions.has(type), made } }),
    definitionId,
    actions: Object.freeze(Object.fromEntries(creators)) as never,
    reducer: reduce as (state: State | undefined, action: Action) => State,
    getInitialState: () => initialState,
  });
}

/** The definition with what its functions of references have written. */
function written<Definition extends object>(definition: Definition): Definition {
  const { reducers, on } = (definition ?? {}) as { reducers?: unknown; on?: unknown };
  if (typeof reducers !== 'function' && typeof on !== 'function') return definition;
  const references = { state: reference('state'), payload };
  const made = (part: unknown): unknown =>
    typeof part === 'function' ? (part as (references: object) => unknown)(references) : part;
  return { ...definition, reducers: made(reducers), ...(on !== undefined && { on: made(on) }) };
}

/** Which reducers are lists of steps, by their names, and which are functions, by action type. */
function parted(reducers: Reducers, typeOf: (name: string) => string) {
  const steps: Record<string, readonly Step[]> = {};
  const functions = new Map<string, Recipe>();
  for (const [name, reducer] of Object.entries(reducers)) {
    if (typeof reducer === 'function') functions.set(typeOf(name), reducer as Recipe);
    else setMember(steps, name, reducer);
  }
  return { steps, functions };
}

/** A slice answers for the types that it handles; an app's own contracts may name any. */
function checkContract(name: string, contract: Contracts, types: readonly string[]): void {
  const wrong = Object.keys(contract).find((type) => !types.includes(type));
  if (wrong === undefined) return;
  const near = nearest(wrong, types);
  const meant = near === undefined ? '' : `; did you mean '${near}'?`;
  const message =
    `slice '${name}': '${wrong}' is no action of its 'reducers' or 'on'${meant} ` +
    `(contracts of other types belong to the app or the store)`;
  throw new EngineError('invalid-definition', message, pointerTo(['contract', wrong]));
}

/** What a converging slice changes by crosses, and what crosses has a contract. */
function checkCrossing(name: string, contract: Contracts, ownTypes: readonly string[]): void {
  const open = ownTypes.find((type) => type !== `${name}/teardown` && !(type in contract));
  if (open === undefined) return;
  const message = `slice '${name}' converges, so its action '${open}' crosses and needs a contract: contract: { '${open}': { payload: ... } }`;
  throw new EngineError('invalid-definition', message, '/contract');
}

/** In its own tab, too, a converging slice sees an action without the parts that never leave. */
function checkReads(type: string, steps: unknown, contract: Contracts): void {
  const read = neverReadBy(steps, contract[type]?.never ?? []);
  if (read === undefined) return;
  const cure = 'keep what only one tab may know in a slice that does not converge';
  const message = `the steps of '${type}' read 'payload.${read}', which its contract says never leaves: in a converging slice nothing is there; ${cure}`;
  throw new EngineError('invalid-definition', message, pointerTo(['contract', type, 'never']));
}
