import type { AnySlice, JsSlice, ToolkitSlice } from './slice.js';

/**
 * The state of a slice, as its reducer gives it.
 *
 * @example
 * ```ts
 * import { defineSlice, type StateOf } from 'isthmus';
 * import { inc } from 'isthmus/program';
 *
 * const visits = defineSlice({ name: 'visits', initialState: { n: 0 }, reducers: { add: [inc('/n')] } });
 * declare module 'isthmus' {
 *   interface SliceStates {
 *     visits?: StateOf<typeof visits>;
 *   }
 * }
 * ```
 */
export type StateOf<Slice> = Slice extends { readonly reducer: (...args: never[]) => infer State }
  ? State
  : never;

/** Gives a part of a slice's state. Written as a method, so that a mock of `watch` is one, too. */
export type PickOf<Slice, Value> = { pick(state: StateOf<Slice>): Value }['pick'];

/** Where a slice's state is found; `string` where its type does not tell. */
export type KeyOf<Slice> = Slice extends {
  readonly definitionId: unknown;
  readonly name: infer Key;
}
  ? Key
  : Slice extends { readonly key: infer Key }
    ? Key
    : Slice extends { readonly reducerPath: infer Key }
      ? Key
      : never;

type StatesByKey<Slice> = {
  readonly [One in Slice as Known<KeyOf<One>>]: StateOf<One>;
};

type Known<Key> = Key extends string ? (string extends Key ? never : Key) : never;

/** The states of slices by key: of a list of unknown length, each may be absent. */
export type StatesOf<Slices extends readonly unknown[]> = number extends Slices['length']
  ? Partial<StatesByKey<Slices[number]>>
  : StatesByKey<Slices[number]>;

/** A list of slices as stores take them. */
export type SliceList = readonly (AnySlice | ToolkitSlice)[];

/** Ordinary Redux reducers by key. */
export type ReducersByKey = Readonly<Record<string, JsSlice['reducer']>>;

/** What such reducers give, by key. */
export type StatesOfReducers<Reducers extends ReducersByKey> = {
  readonly [Key in keyof Reducers as Known<Key>]: ReturnType<Reducers[Key]>;
};
