import type { Step } from '../../api/contract.js';
import type { EntityInput, EntityOf, EntityOp, IdOf } from './entities.js';
import type { At, AtParent, ElementOf, PartOf, PathText } from './paths.js';
import type {
  AskAnything,
  EitherAsks,
  TestAsks,
  TokenAsks,
  TypeAsked,
  ValueAsks,
} from './payload.js';
import type { Scope, SliceScope } from './values.js';

declare const shape: unique symbol;

/**
 * A step of a builder. `Shape` tells the type checker the arguments that the builder was given, so that
 * `defineSlice` can hold them against the slice's state.
 */
export interface TypedStep<Shape> extends Step {
  readonly [shape]?: Shape;
}

/** The shape of a step; unknown for canonical JSON that no builder wrote. */
export type ShapeOf<S> = S extends { readonly [shape]?: infer Shape } ? Shape : unknown;

/** What the shapes of all steps have that work at a place. */
export interface Placed {
  readonly op: string;
  readonly path: unknown;
}

/** What a step finds where it works; for `insert` that is the array. */
export type Place<S extends Scope, X extends Placed> = X['op'] extends 'insert'
  ? AtParent<S['at'], X['path']>
  : At<S['at'], X['path']>;

/** What a step's value has to be. */
export type Taken<S extends Scope, X extends Placed> = X['op'] extends 'set'
  ? Place<S, X>
  : X['op'] extends 'inc'
    ? number
    : X['op'] extends 'merge'
      ? PartOf<Place<S, X>>
      : X['op'] extends EntityOp
        ? EntityInput<X['op'], ElementAt<S, X>, IdOf<Place<S, X>>, IsChosen<X>>
        : ElementAt<S, X>;

/** What a step looks at one by one: the elements of an array, the entities of a table. */
export type ElementAt<S extends Scope, X extends Placed> = X['op'] extends EntityOp
  ? EntityOf<Place<S, X>>
  : ElementOf<Place<S, X>>;

type IsChosen<X> = X extends { readonly where: unknown } ? true : false;

/** The scope of a step's `where` and `onMatch`. */
export interface ElementScope<S extends Scope, X extends Placed> {
  readonly state: S['state'];
  readonly at: ElementAt<S, X>;
  readonly item: ElementAt<S, X>;
  readonly incoming: X['op'] extends 'upsert' | 'upsertOne' | 'upsertMany'
    ? ElementAt<S, X>
    : S['incoming'];
  readonly text: ElementText<X['op'], `${S['text']}${PathText<X['path']>}`>;
}

/** The path of an element, as error messages show it. */
export type ElementText<Op, Text extends string> = Op extends EntityOp
  ? `${Text}/entities/*`
  : `${Text}/*`;

/** The scope of a step's value: that of changes to the entities that `where` chooses is the entity. */
export type ValueScope<S extends Scope, X extends Placed> =
  IsChosen<X> extends true ? ElementScope<S, X> : S;

/** What a list of steps asks of the payload. */
export type StepsAsks<S extends Scope, Steps> = Steps extends readonly unknown[]
  ? StepAsks<S, Steps[number]>
  : never;

type StepAsks<S extends Scope, One> = One extends unknown ? ShapeAsks<S, ShapeOf<One>> : never;

type ShapeAsks<S extends Scope, X> = unknown extends X
  ? AskAnything
  : X extends Placed
    ? PlacedAsks<S, X>
    : X extends {
          readonly test: infer V;
          readonly then: infer Then;
          readonly else: infer Else;
        }
      ? TestAsks<S, V> | EitherAsks<StepsAsks<S, Then>, StepsAsks<S, Else>>
      : never;

type PlacedAsks<S extends Scope, X extends Placed> =
  | TokenAsks<S, X['path']>
  | (X extends { readonly value: infer V } ? ValueAsks<ValueScope<S, X>, V, Taken<S, X>> : never)
  | (X extends { readonly where: infer V } ? TestAsks<ElementScope<S, X>, V> : never)
  | (X extends { readonly onMatch: infer Steps } ? StepsAsks<ElementScope<S, X>, Steps> : never);

/** The arguments of the action creator of a list of steps. */
export type PayloadArgs<State, Steps> = ArgsFor<StepsAsks<SliceScope<State>, Steps>>;

type ArgsFor<A> = [A] extends [never]
  ? []
  : [A] extends [{ readonly need: 'maybe' }]
    ? [payload?: TypeAsked<A>]
    : unknown extends TypeAsked<A>
      ? [payload?: unknown]
      : [payload: TypeAsked<A>];
