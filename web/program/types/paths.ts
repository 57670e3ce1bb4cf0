import type { Expression } from './expression.js';

// Paths into a state, followed by the type checker as the engine follows them. `unknown` is a place of
// which nothing is known: everything is there, and it takes everything.

declare const missing: unique symbol;

/** What a path leads to that the state does not have. */
export interface Missing {
  readonly [missing]: true;
}

/** Whether nothing is known of a type: `any`, `unknown`, or the element of an untyped `[]`. */
export type IsOpen<T> = unknown extends T ? true : [T] extends [never] ? true : false;

/** Whether a path leads to nothing. */
export type IsMissing<T> = IsOpen<T> extends true ? false : [T] extends [Missing] ? true : false;

type Split<
  Text extends string,
  By extends string,
  Done extends string[] = [],
> = Text extends `${infer Head}${By}${infer Rest}`
  ? Split<Rest, By, [...Done, Head]>
  : [...Done, Text];

type Unescape<Token extends string> = Token extends `${infer A}~1${infer B}`
  ? `${Unescape<A>}/${Unescape<B>}`
  : Token extends `${infer A}~0${infer B}`
    ? `${A}~${Unescape<B>}`
    : Token;

type UnescapeAll<Tokens extends string[]> = {
  [I in keyof Tokens]: Unescape<Tokens[I]>;
};

// Also of a template such as `/items/${string}`, which may stand for any number of tokens.
export type IsDynamic<Text extends string> =
  Record<never, never> extends Record<Text, true> ? true : false;

/** The tokens of a JSON Pointer or of a list of tokens; `string[]` when they are not known. */
export type Tokens<P> = P extends string
  ? IsDynamic<P> extends true
    ? string[]
    : PointerTokens<P>
  : P;

type PointerTokens<P extends string> = P extends ''
  ? []
  : P extends `/${infer Rest}`
    ? Rest extends `${string}~${string}`
      ? UnescapeAll<Split<Rest, '/'>>
      : Split<Rest, '/'>
    : [Missing];

type IsIndex<Token> = string extends Token
  ? true
  : Token extends number | `${number}` | Expression
    ? true
    : false;

type Member<T, Token> = [keyof T] extends [never]
  ? unknown
  : Token extends Expression
    ? T[keyof T]
    : string extends Token
      ? string extends keyof T
        ? T[keyof T]
        : unknown
      : Token extends keyof T
        ? T[Token]
        : `${Token & (string | number)}` extends keyof T
          ? T[`${Token & (string | number)}` & keyof T]
          : Token extends `${infer Index extends number}`
            ? Index extends keyof T
              ? T[Index]
              : never
            : never;

type Found<T> = [T] extends [never] ? Missing : Exclude<T, undefined>;

// One alternative of a union is enough; null and scalars have nothing below them.
type Below<T, Token> = T extends readonly (infer Element)[]
  ? IsIndex<Token> extends true
    ? [Element] extends [never]
      ? unknown
      : Element
    : never
  : T extends object
    ? Member<T, Token>
    : never;

/** What stands below a place under a token. */
export type Child<T, Token> =
  IsOpen<T> extends true ? unknown : [T] extends [Missing] ? Missing : Found<Below<T, Token>>;

type Walk<T, Path> = Path extends readonly [infer Token, ...infer Rest]
  ? Walk<Child<T, Token>, Rest>
  : Path extends readonly []
    ? T
    : unknown;

/** What a path leads to, from a place. */
export type At<T, P> = Walk<T, Tokens<P>>;

/** What a dotted path leads to, as `state`, `item` and `payload` take it. */
export type AtDotted<T, P extends string> =
  IsDynamic<P> extends true ? unknown : P extends '' ? T : Read<T, Split<P, '.'>>;

// As JsonLogic reads: arrays and texts have a length.
type Read<T, Path> = Path extends [infer Token, ...infer Rest]
  ? Read<Token extends 'length' ? LengthOf<T> : Child<T, Token>, Rest>
  : T;

type LengthOf<T> = [Extract<T, string | readonly unknown[]>] extends [never]
  ? Child<T, 'length'>
  : number;

/** What a path without its last token leads to. */
export type AtParent<T, P> =
  Tokens<P> extends readonly [...infer Parent, unknown]
    ? Walk<T, Parent>
    : Tokens<P> extends readonly []
      ? Missing
      : unknown;

/** What the array at a place holds. */
export type ElementOf<T> =
  IsOpen<T> extends true
    ? unknown
    : Found<
        T extends readonly (infer Element)[]
          ? [Element] extends [never]
            ? unknown
            : Element
          : never
      >;

/** What may be merged into the object at a place. */
export type PartOf<T> =
  IsOpen<T> extends true
    ? unknown
    : T extends object
      ? string extends keyof T
        ? T
        : Partial<T>
      : never;

/** The keys that an expression may give as a token below a place. */
export type KeyOf<T> =
  IsOpen<T> extends true
    ? string | number
    : T extends readonly unknown[]
      ? number
      : T extends object
        ? [keyof T] extends [never]
          ? string
          : Exclude<keyof T, symbol>
        : never;

type Joined<Path, Text extends string> = Path extends readonly [infer Token, ...infer Rest]
  ? Joined<Rest, `${Text}/${Token extends string | number ? Token : '*'}`>
  : Text;

/** A path as error messages show it, `*` for what is only known at run time. */
export type PathText<P> = P extends string ? P : Joined<P, ''>;
