import type { Expression, Var } from './expression.js';
import type { PLACE } from '../references.js';
import type { IsOpen } from './paths.js';

/** A place in the slice's state, by the tokens of its path. */
export interface Place<Tokens extends readonly unknown[] = readonly unknown[]> {
  readonly [PLACE]: Tokens;
}

/** The path of a step's place, as the type checker follows it. */
export type PathOf<P> = P extends Place<infer Tokens> ? Tokens : P;

type Token = string | number | Expression;
type Key = string | number;

/** What a slice's state has at a path: a step's place, an expression that reads it, and its members. */
export type StateRef<T, Tokens extends readonly Token[] = []> = Expression<
  Var<'state', Dotted<Tokens>>
> &
  Place<Tokens> &
  StateMembers<NonNullable<T>, Tokens>;

type StateMembers<T, Tokens extends readonly Token[]> =
  IsOpen<T> extends true
    ? unknown
    : T extends readonly (infer Element)[]
      ? {
          /** The element at an index, which may be an expression. */
          readonly at: <const At extends number | Expression>(
            index: At,
          ) => StateRef<Element, [...Tokens, At]>;
          readonly length: Expression<Var<'state', Dotted<[...Tokens, 'length']>>>;
        }
      : T extends object
        ? string extends keyof T
          ? {
              /** What a record has under a key, which may be an expression. */
              readonly at: <const At extends Key | Expression>(
                key: At,
              ) => StateRef<T[keyof T], [...Tokens, At]>;
            }
          : { readonly [Own in keyof T & Key]-?: StateRef<T[Own], [...Tokens, Own]> }
        : unknown;

/** What a payload of a stated type has at a path: an expression that reads it, and its members. */
export type PayloadRef<T, Tokens extends readonly Token[] = []> = Expression<
  Var<'payload', Dotted<Tokens>, T>
> &
  PayloadMembers<NonNullable<T>, Tokens>;

type PayloadMembers<T, Tokens extends readonly Token[]> =
  IsOpen<T> extends true
    ? unknown
    : T extends readonly (infer Element)[]
      ? {
          /** The element at an index. */
          readonly at: <const At extends number>(index: At) => PayloadRef<Element, [...Tokens, At]>;
        }
      : T extends object
        ? { readonly [Own in keyof T & Key]-?: PayloadRef<T[Own], [...Tokens, Own]> }
        : unknown;

type Dotted<Tokens extends readonly Token[]> = Tokens extends readonly [
  infer First extends Token,
  ...infer Rest extends readonly Token[],
]
  ? Rest extends readonly []
    ? TextOf<First>
    : `${TextOf<First>}.${Dotted<Rest>}`
  : '';

type TextOf<One extends Token> = One extends Key ? `${One}` : string;
