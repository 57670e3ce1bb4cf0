import type { Action } from 'redux';

import type { AnyNativeSlice, ToolkitSlice } from '../api/slice.js';
import { compileOnce } from './compile.js';
import { madeBy, NOTHING, reducerOf, type Recipe } from './function-reducer.js';

/** A slice of Redux Toolkit whose state the engine holds: see {@link native}. */
export type NativeToolkitSlice<Slice extends ToolkitSlice> = Omit<Slice, 'name' | 'reducer'> &
  AnyNativeSlice & { readonly name: Slice['reducerPath']; readonly reducer: Slice['reducer'] };

/**
 * Makes the engine hold the state of a slice of Redux Toolkit, whose reducers stay what they are: case reducers,
 * `extraReducers` and entity adapters write to a draft of what the engine holds, and an action costs what it
 * touches, not what there is. Its actions and selectors are those of the slice.
 *
 * The state is plain data: a member set to `undefined` is left out.
 *
 * @throws EngineError `invalid-definition` where the initial state is no plain data.
 *
 * @example
 * ```ts
 * import { createSlice } from '@reduxjs/toolkit';
 * import { joinSharedStore, native } from 'isthmus';
 *
 * const products = createSlice({
 *   name: 'products',
 *   initialState: { byId: {} as Record<string, { price: number }> },
 *   reducers: {
 *     priced: (state, { payload }: { payload: { id: string; price: number } }) => {
 *       state.byId[payload.id] = { price: payload.price };
 *     },
 *   },
 * });
 * joinSharedStore({ app: 'catalogue', slices: [native(products)] });
 * ```
 */
export function native<Slice extends ToolkitSlice>(slice: Slice): NativeToolkitSlice<Slice> {
  const { reducerPath: name, reducer } = slice;
  const initialState = (reducer as (state: unknown, action: Action) => unknown)(undefined, NOTHING);
  const definitionId = compileOnce({ name, initialState, reducers: {}, on: {} });
  const recipe = reducer as Recipe;
  const types = Object.values(slice.actions ?? {}).map(({ type }: { type: string }) => type);
  const own = {
    ...{ name, schemaVersion: 1, contract: {}, types, definitionId },
    functions: {
      has: () => true,
      made: (state: unknown, action: Action) => madeBy(recipe, state, action),
    },
    reducer: reducerOf(definitionId, recipe),
  };
  // Toolkit's selectors are getters.
  const held: object = Object.create(Object.prototype, {
    ...Object.getOwnPropertyDescriptors(slice),
    ...Object.getOwnPropertyDescriptors(own),
  });
  return held as NativeToolkitSlice<Slice>;
}
