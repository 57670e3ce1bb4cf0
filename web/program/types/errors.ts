import type { EntityOf, EntityOp } from './entities.js';
import type { Child, ElementOf, IsMissing, IsOpen, PathText } from './paths.js';
import type {
  ElementAt,
  ElementScope,
  ElementText,
  Place,
  Placed,
  ShapeOf,
  Taken,
  ValueScope,
} from './steps.js';
import type { Constant, ExcessPath, Scope, SliceScope, TypeOf, WrongRead } from './values.js';
import type { References } from './written.js';

// What is wrong with steps, as types that no step is assignable to: the compiler reports the step that
// is wrong and shows them. Inside this file an error is a tuple: its text, and for a wrong value also
// what is taken there and what was given.

/** What is checked of reducers, or of what a function of references gives. */
export type CheckedWritten<State, Given> = Given extends (...references: never[]) => infer Reducers
  ? (references: References<State>) => Checked<State, Reducers>
  : Checked<State, Given>;

/** Reducers as they are, or with each step that is wrong replaced by its errors. */
type Checked<State, Reducers> = [Reducers] extends [CheckedReducers<State, Reducers>]
  ? Reducers
  : CheckedReducers<State, Reducers>;

type CheckedReducers<State, Reducers> = {
  readonly [Event in keyof Reducers]: CheckedSteps<State, Reducers[Event]>;
};

// The errors are written out here, and not in a type of their own, so that the compiler shows them and
// not that type's name.
type CheckedSteps<State, Steps> = Steps extends (...given: never[]) => unknown
  ? Steps
  : CheckedList<State, Steps>;

type CheckedList<State, Steps> = {
  readonly [I in keyof Steps]: ErrorsOf<SliceScope<State>, Steps[I]> extends infer Wrong
    ? [Wrong] extends [never]
      ? Steps[I]
      : Wrong extends readonly [infer Text, infer Takes, infer Given]
        ? { error: Text; takes: Takes; given: Given }
        : Wrong extends readonly [infer Text]
          ? Text
          : never
    : never;
};

type ErrorsOf<S extends Scope, One> = One extends unknown ? ShapeErrors<S, ShapeOf<One>> : never;

type ErrorsOfAll<S extends Scope, Steps> = Steps extends readonly unknown[]
  ? ErrorsOf<S, Steps[number]>
  : never;

type ShapeErrors<S extends Scope, X> = unknown extends X
  ? never
  : X extends Placed
    ? PlacedErrors<S, X, `${S['text']}${PathText<X['path']>}`>
    : X extends { readonly test: infer V; readonly then: infer Then; readonly else: infer Else }
      ? ReadErrors<S, V> | ErrorsOfAll<S, Then> | ErrorsOfAll<S, Else>
      : never;

type PlacedErrors<S extends Scope, X extends Placed, Text extends string> =
  IsMissing<Place<S, X>> extends true
    ? [`no such path: ${Shown<Text>}`]
    : [Lack<X['op'], Place<S, X>>] extends [never]
      ? ArgumentErrors<S, X, Text>
      : [`${X['op']} needs ${Lack<X['op'], Place<S, X>>}: ${Shown<Text>}`];

// What a step needs at its place and does not find.
type Lack<Op extends string, T> =
  IsOpen<T> extends true
    ? never
    : Op extends 'inc'
      ? [T] extends [null]
        ? 'a number'
        : [T] extends [number | null]
          ? never
          : 'a number'
      : Op extends 'merge'
        ? [Exclude<Extract<T, object>, readonly unknown[]>] extends [never]
          ? 'an object'
          : never
        : Op extends 'push' | 'insert' | 'upsert' | 'removeWhere' | 'updateWhere'
          ? IsMissing<ElementOf<T>> extends true
            ? 'an array'
            : never
          : Op extends EntityOp
            ? IsMissing<EntityOf<T>> extends true
              ? 'an entity table'
              : never
            : never;

type ArgumentErrors<S extends Scope, X extends Placed, Text extends string> =
  | (X['path'] extends readonly (infer Token)[] ? ReadErrors<S, Token> : never)
  | (X extends { readonly value: infer V } ? ValueErrors<S, X, V, Text> : never)
  | (X extends { readonly by: infer Key }
      ? KeyErrors<ElementAt<S, X>, Key, ElementText<X['op'], Text>>
      : never)
  | (X extends { readonly selectId: infer Key }
      ? IdErrors<X['op'], ElementAt<S, X>, Key, ElementText<X['op'], Text>>
      : never)
  | (X extends { readonly sortBy: infer Order }
      ? KeyErrors<ElementAt<S, X>, Members<Order>, ElementText<X['op'], Text>>
      : never)
  | (X extends { readonly where: infer V } ? ReadErrors<ElementScope<S, X>, V> : never)
  | (X extends { readonly onMatch: infer Steps } ? ErrorsOfAll<ElementScope<S, X>, Steps> : never);

type ReadErrors<S extends Scope, V> =
  WrongRead<S, V> extends infer Read extends string
    ? Read extends unknown
      ? [`no such path: ${Read}`]
      : never
    : never;

type KeyErrors<T, Key, Text extends string> = Key extends unknown
  ? IsMissing<Child<T, Key>> extends true
    ? [`no such path: ${Text}/${Key & string}`]
    : never
  : never;

type IdErrors<Op extends string, T, Key, Text extends string> = Key extends unknown
  ? IsMissing<Child<T, Key>> extends true
    ? [`no such path: ${Text}/${Key & string}`]
    : [Child<T, Key>] extends [string | number]
      ? never
      : IsOpen<Child<T, Key>> extends true
        ? never
        : [`${Op} needs a string or a number: ${Text}/${Key & string}`]
  : never;

// The members that `sortBy` names, '-name' being the descending order of name.
type Members<Order> = Order extends readonly (infer Name)[]
  ? Members<Name>
  : Order extends `-${infer Name}`
    ? Name
    : Order;

type ValueErrors<S extends Scope, X extends Placed, V, Text extends string> =
  | ReadErrors<ValueScope<S, X>, V>
  | ([ExcessPath<V, Taken<S, X>>] extends [never]
      ? MisfitErrors<TypeOf<ValueScope<S, X>, V>, Taken<S, X>, Text>
      : [`no such path: ${TakenText<X['op'], Text>}${ExcessPath<V, Taken<S, X>>}`]);

// The path of what a step writes.
type TakenText<Op extends string, Text extends string> = Op extends
  'push' | 'upsert' | 'addOne' | 'setOne' | 'upsertOne'
  ? ElementText<Op, Text>
  : Text;

type MisfitErrors<Given, Takes, Text extends string> = [Given] extends [Constant<Takes>]
  ? never
  : [`wrong value: ${Shown<Text>}`, Takes, Given];

type Shown<Text extends string> = Text extends '' ? "''" : Text;
