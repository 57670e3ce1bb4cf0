import type { payload } from '../expressions.js';
import type { StateRef } from './references.js';

/** What a function that writes a slice's reducers as steps is given. */
export interface References<State> {
  /** The slice's state: `state.user.name` is a place for a step, and an expression that reads it. */
  readonly state: StateRef<State>;
  /** The builder `payload`: `payload('name')`, or `payload<Login>().name` where the type is stated. */
  readonly payload: typeof payload;
}

/** Reducers, also where a function of references gives them. */
export type Made<Given> = Given extends (...references: never[]) => infer Reducers
  ? Reducers
  : Given;
