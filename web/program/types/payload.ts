import type { Call, Expression, Var } from './expression.js';
import type { Rule } from './rules.js';
import type { Child, IsDynamic, IsOpen, KeyOf, Missing, Tokens } from './paths.js';
import type { ReadOf, Scope } from './values.js';

// What expressions ask of the payload. A payload's type is made of these demands: each names a dotted
// path in it, the type that is needed there, and whether the payload may do without.

type Need = 'always' | 'maybe';

/** One demand on the payload. */
export interface Ask<Path extends string, T, N extends Need = 'always'> {
  readonly path: Path;
  // In a parameter's place, so that demands on one path are intersected.
  readonly type: (value: T) => void;
  readonly need: N;
}

/** Something is asked, of which nothing is known. */
export type AskAnything = Ask<'', unknown, 'maybe'>;

type Stated<Target> =
  IsOpen<Target> extends true ? unknown : [Target] extends [Missing] ? unknown : Target;

// What is stated with `undefined` may be left out.
type NeedOf<T> = [T] extends [never] ? 'always' : undefined extends T ? 'maybe' : 'always';

type AskVar<Path extends string, T, N extends Need> =
  IsDynamic<Path> extends true ? AskAnything : Ask<Path, T, N>;

/** The demands as those of a branch that may not be taken. */
export type Maybe<A> = A extends Ask<infer Path, infer T, Need> ? Ask<Path, T, 'maybe'> : never;

/** What a value asks that is written where `Target` stands. */
export type ValueAsks<S extends Scope, V, Target> =
  V extends Expression<infer Meaning>
    ? unknown extends Meaning
      ? AskAnything
      : Meaning extends Rule<unknown>
        ? AskAnything
        : Meaning extends Var<'payload', infer Path, infer T>
          ? AskVar<Path, [T] extends [never] ? Stated<Target> : T, NeedOf<T>>
          : Meaning extends { readonly object: infer Members }
            ? {
                [K in keyof Members]: ValueAsks<S, Members[K], Child<Target, K>>;
              }[keyof Members]
            : Meaning extends Call<infer Kind, infer Args>
              ? CallAsks<S, Kind, Args, Target>
              : never
    : never;

type CallAsks<
  S extends Scope,
  Kind,
  Args extends readonly unknown[],
  Target,
> = Kind extends 'number'
  ? ValueAsks<S, Args[number], number>
  : Kind extends 'comparison'
    ? OperandAsks<S, Args[0], Args[1]> | OperandAsks<S, Args[1], Args[0]>
    : Kind extends 'negation'
      ? TestAsks<S, Args[0]>
      : Args extends readonly [...infer Init, infer Last]
        ? ValueAsks<S, Last, Target> | FirstAsks<S, Kind, Init[number], Target>
        : AskAnything;

// `or` gives a later argument when an earlier one is absent; of `and` the earlier ones are conditions.
type FirstAsks<S extends Scope, Kind, V, Target> = Kind extends 'or'
  ? Maybe<ValueAsks<S, V, Target>>
  : TestAsks<S, V>;

/** What a condition asks: that the payload may have what it looks at. */
export type TestAsks<S extends Scope, V> =
  V extends Expression<infer Meaning>
    ? unknown extends Meaning
      ? AskAnything
      : Meaning extends Var<'payload', infer Path, infer T>
        ? AskVar<Path, [T] extends [never] ? unknown : T, [T] extends [never] ? 'maybe' : 'always'>
        : Meaning extends Call<'and' | 'or', infer Args>
          ? TestAsks<S, Args[number]>
          : ValueAsks<S, V, unknown>
    : never;

// The two sides of a comparison are of one type; a constant stands for all of its kind.
type OperandAsks<S extends Scope, V, Other> =
  V extends Expression<Var<'payload', infer Path, infer T>>
    ? [T] extends [never]
      ? AskOperand<Path, Other extends Expression ? ReadOf<S, Other> : Widened<Other>>
      : AskVar<Path, T, 'always'>
    : ValueAsks<S, V, unknown>;

type AskOperand<Path extends string, T> = [T] extends [null | undefined]
  ? AskVar<Path, unknown, 'maybe'>
  : AskVar<Path, T, 'always'>;

type Widened<T> = T extends string
  ? string
  : T extends number
    ? number
    : T extends boolean
      ? boolean
      : T;

/** What the tokens of a path ask. */
export type TokenAsks<S extends Scope, P> = TokensAsk<S, S['at'], Tokens<P>>;

type TokensAsk<S extends Scope, At, Path, Asks = never> = Path extends readonly [
  infer Token,
  ...infer Rest,
]
  ? TokensAsk<S, Child<At, Token>, Rest, Asks | ValueAsks<S, Token, KeyOf<At>>>
  : Asks;

type On<A, Path> = Extract<A, { readonly path: Path }>;

type PathsOf<A> = A extends { readonly path: infer Path extends string } ? Path : never;

/** What two branches ask of which one is taken: what both need is always needed. */
export type EitherAsks<A, B> = PathsOf<A | B> extends infer Path ? EitherAsk<A, B, Path> : never;

type EitherAsk<A, B, Path> = Path extends PathsOf<Needed<A>> & PathsOf<Needed<B>>
  ? Ask<Path, Intersected<On<A, Path>> | Intersected<On<B, Path>>>
  : Path extends PathsOf<A> & PathsOf<B>
    ? Ask<Path, Intersected<On<A, Path>> | Intersected<On<B, Path>>, 'maybe'>
    : Maybe<On<A | B, Path>>;

type Head<Path> = Path extends `${infer First}.${string}` ? First : Path;

// The demands on what is under a key of the payload, as demands on that.
type Under<A, Key> =
  A extends Ask<infer Path, infer T, infer N>
    ? Path extends Key
      ? Ask<'', T, N>
      : Path extends `${Key & string}.${infer Rest}`
        ? Ask<Rest, T, N>
        : never
    : never;

type Needed<A> = Extract<A, { readonly need: 'always' }>;

type Intersected<A> = (A extends { readonly type: infer F } ? F : never) extends (
  value: infer T,
) => void
  ? T
  : unknown;

type AsKey<Key> = Key extends `${number}` ? number : Key;

type Members<A, NeededKey, Key> = Simplified<
  { [K in NeededKey & string as AsKey<K>]: TypeAsked<Under<A, K>> } & {
    [K in Exclude<Key, NeededKey> & string as AsKey<K>]?: TypeAsked<Under<A, K>>;
  }
>;

type Simplified<T> = { [K in keyof T]: T[K] };

type Both<A, B> = unknown extends A ? B : [A] extends [B] ? A : [B] extends [A] ? B : A & B;

// A branch that only looks whether something is there knows less than one that uses it.
type UsedIn<A> = A extends Ask<string, infer T, 'maybe'> ? (unknown extends T ? never : T) : never;

type Known<T> = [T] extends [never] ? unknown : T;

type Whole<A> = Both<Intersected<Needed<A>>, Known<UsedIn<A>>>;

/** The type that meets all demands. */
export type TypeAsked<A> = [Exclude<PathsOf<A>, ''>] extends [never]
  ? Whole<A>
  : Both<
      Whole<Extract<A, { readonly path: '' }>>,
      Members<A, Head<Exclude<PathsOf<Needed<A>>, ''>>, Head<Exclude<PathsOf<A>, ''>>>
    >;
