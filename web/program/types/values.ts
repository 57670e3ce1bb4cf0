import type { Call, Expression, Var } from './expression.js';
import type { Rule } from './rules.js';
import type { AtDotted, Child, IsOpen, Missing } from './paths.js';

// What a builder's argument is worth where it is used. `never` is the type of what is not known before
// the action comes: it fits everywhere.

/**
 * Where steps and expressions stand: the slice's state, the place that paths begin at, the element, and
 * what an upsert brings.
 */
export interface Scope {
  readonly state: unknown;
  readonly at: unknown;
  readonly item: unknown;
  readonly incoming: unknown;
  /** Of `at`, in front of the paths of error messages. */
  readonly text: string;
}

/** The scope of a slice's reducers. */
export interface SliceScope<State> {
  readonly state: State;
  readonly at: State;
  readonly item: unknown;
  readonly incoming: unknown;
  readonly text: '';
}

/** The roots whose types the scope tells. */
type KnownRoot = 'state' | 'item' | 'incoming';

type ReadAs<T> = IsOpen<T> extends true ? never : T extends Missing ? never : T;

/** What `state`, `item` and `incoming` give; never for what the types do not tell. */
export type ReadOf<S extends Scope, V> =
  V extends Expression<infer Meaning>
    ? Meaning extends Var<infer Root extends KnownRoot, infer Path, unknown>
      ? ReadAs<AtDotted<S[Root], Path>>
      : TypeOf<S, V>
    : V;

/**
 * The type of a value. That of a member that may be null counts as not null: conditions cannot narrow
 * it, and the engine does not care.
 */
export type TypeOf<S extends Scope, V> = 0 extends 1 & V
  ? never
  : V extends Expression<infer Meaning>
    ? MeaningType<S, Meaning>
    : V;

type MeaningType<S extends Scope, Meaning> = unknown extends Meaning
  ? never
  : Meaning extends Var<infer Root, infer Path, infer Stated>
    ? Root extends KnownRoot
      ? NonNullable<ReadAs<AtDotted<S[Root], Path>>>
      : Exclude<Stated, undefined>
    : Meaning extends { readonly literal: infer Value } | Rule<infer Value>
      ? Value
      : Meaning extends { readonly object: infer Members }
        ? { readonly [Key in keyof Members]: TypeOf<S, Members[Key]> }
        : Meaning extends Call<infer Kind, infer Args>
          ? CallType<S, Kind, Args>
          : never;

type CallType<S extends Scope, Kind, Args extends readonly unknown[]> = Kind extends 'number'
  ? number
  : Kind extends 'comparison' | 'negation'
    ? boolean
    : Kind extends 'or'
      ? TypeOf<S, Args[number]>
      : never;

/** A type whose values may be given as constants, too. Nothing is asked of what is not known. */
export type Constant<T> =
  IsOpen<T> extends true
    ? unknown
    : T extends string | number | boolean | null | undefined
      ? T
      : T extends readonly unknown[]
        ? ConstantList<T>
        : { readonly [Key in keyof T]: Constant<T[Key]> };

// An array's element type is looked at when it is needed, so that types may contain themselves.
type ConstantList<T extends readonly unknown[]> = number extends T['length']
  ? readonly Constant<T[number]>[]
  : { readonly [I in keyof T]: Constant<T[I]> };

/** The wrong reads of an expression, as texts; never when there is none. */
export type WrongRead<S extends Scope, V> =
  V extends Expression<infer Meaning>
    ? unknown extends Meaning
      ? never
      : Meaning extends Var<infer Root extends KnownRoot, infer Path, unknown>
        ? AtDotted<S[Root], Path> extends Missing
          ? `${Root}('${Path}')`
          : never
        : Meaning extends { readonly object: infer Members }
          ? {
              [Key in keyof Members]: WrongRead<S, Members[Key]>;
            }[keyof Members]
          : Meaning extends { readonly args: infer Args extends readonly unknown[] }
            ? WrongRead<S, Args[number]>
            : never
    : never;

/** The path below a place of a member that an object expression has and the place has not. */
export type ExcessPath<V, Target, Text extends string = ''> =
  V extends Expression<infer Meaning>
    ? unknown extends Meaning
      ? never
      : Meaning extends { readonly object: infer Members }
        ? {
            [Key in keyof Members & string]: [Child<Target, Key>] extends [Missing]
              ? `${Text}/${Key}`
              : ExcessPath<Members[Key], Child<Target, Key>, `${Text}/${Key}`>;
          }[keyof Members & string]
        : never
    : never;
