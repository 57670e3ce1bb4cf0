import type { Step } from '../api/contract.js';
import { toRule, type Expression, type Var } from './expressions.js';
import { location, type StepPath } from './steps.js';
import type { EntityOp } from './types/entities.js';
import type { TypedStep } from './types/steps.js';

// What the builders of entity steps take, and the step that they make of it.

type Names = string | readonly string[];

/** How an entity table is kept; the same for all steps on one table. */
export interface EntityOptions<Id extends string = string, By extends Names = Names> {
  /** The member that holds an entity's id; `'id'` by default. */
  readonly selectId?: Id;
  /**
   * The member, or the members one after another, by which `ids` is sorted; `'-name'` is descending. By
   * default entities stay in the order in which they came.
   */
  readonly sortBy?: By;
}

interface WithValue<V> {
  /** The payload by default. */
  readonly value?: V;
}

interface WithWhere<W> {
  /** Chooses the entities, by an expression over `item`. */
  readonly where: W;
}

interface WithSteps<M> {
  /** Applied to each entity, with paths relative to it. */
  readonly onMatch: M;
}

type Without<Field extends string> = { readonly [F in Field]?: never };

interface Shape<Op, P, Id, By> {
  readonly op: Op;
  readonly path: P;
  readonly selectId: Id;
  readonly sortBy: By;
}

type Payload = Expression<Var<'payload', ''>>;
type Steps = readonly Step[];
type None = readonly [];

/** Builds a step that takes a value; `Default` is the member whose lack is an error. */
export type ValueBuilder<Op extends EntityOp, Default extends string = 'id'> = <
  const P extends StepPath,
  const V = Payload,
  const Id extends string = Default,
  const By extends Names = None,
>(
  path: P,
  options?: EntityOptions<Id, By> & WithValue<V>,
) => TypedStep<Shape<Op, P, Id, By> & { readonly value: V }>;

/** Builds a step that adds entities, or changes those that are there. */
export type UpsertBuilder<Op extends EntityOp> = <
  const P extends StepPath,
  const V = Payload,
  const M extends Steps = None,
  const Id extends string = 'id',
  const By extends Names = None,
>(
  path: P,
  options?: EntityOptions<Id, By> & WithValue<V> & Partial<WithSteps<M>>,
) => TypedStep<Shape<Op, P, Id, By> & { readonly value: V; readonly onMatch: M }>;

/** Builds a step that changes the entities of a list of updates, or those that `where` chooses. */
export interface UpdateManyBuilder {
  <
    const P extends StepPath,
    const W extends Expression,
    const M extends Steps,
    const Id extends string = 'id',
    const By extends Names = None,
  >(
    path: P,
    options: EntityOptions<Id, By> & WithWhere<W> & WithSteps<M> & Without<'value'>,
  ): TypedStep<Shape<'updateMany', P, Id, By> & { readonly where: W; readonly onMatch: M }>;
  <
    const P extends StepPath,
    const W extends Expression,
    const V = Payload,
    const Id extends string = 'id',
    const By extends Names = None,
  >(
    path: P,
    options: EntityOptions<Id, By> & WithWhere<W> & WithValue<V> & Without<'onMatch'>,
  ): TypedStep<Shape<'updateMany', P, Id, By> & { readonly where: W; readonly value: V }>;
  <
    const P extends StepPath,
    const V = Payload,
    const Id extends string = 'id',
    const By extends Names = None,
  >(
    path: P,
    options?: EntityOptions<Id, By> & WithValue<V> & Without<'where' | 'onMatch'>,
  ): TypedStep<Shape<'updateMany', P, Id, By> & { readonly value: V }>;
}

/** Builds a step that removes the entities of a list of ids, or those that `where` chooses. */
export interface RemoveManyBuilder {
  <
    const P extends StepPath,
    const W extends Expression,
    const Id extends string = never,
    const By extends Names = None,
  >(
    path: P,
    options: EntityOptions<Id, By> & WithWhere<W> & Without<'value'>,
  ): TypedStep<Shape<'removeMany', P, Id, By> & { readonly where: W }>;
  <
    const P extends StepPath,
    const V = Payload,
    const Id extends string = never,
    const By extends Names = None,
  >(
    path: P,
    options?: EntityOptions<Id, By> & WithValue<V> & Without<'where'>,
  ): TypedStep<Shape<'removeMany', P, Id, By> & { readonly value: V }>;
}

/** Builds a step that takes no value. */
export type TableBuilder<Op extends EntityOp> = <
  const P extends StepPath,
  const Id extends string = never,
  const By extends Names = None,
>(
  path: P,
  options?: EntityOptions<Id, By>,
) => TypedStep<Shape<Op, P, Id, By>>;

/** All that any of the builders takes. */
export interface EntityFields extends EntityOptions {
  readonly value?: unknown;
  readonly where?: Expression;
  readonly onMatch?: Steps;
}

/** The step in canonical JSON, without what is left to the engine's defaults. */
export function entityStep(op: EntityOp, path: StepPath, options: EntityFields = {}): Step {
  const { value, selectId, sortBy, where, onMatch } = options;
  return {
    op,
    path: location(path),
    ...(value !== undefined && { value: toRule(value) }),
    ...(selectId !== undefined && { selectId }),
    ...(sortBy !== undefined && { sortBy }),
    ...(where && { where: toRule(where) }),
    ...(onMatch && { onMatch }),
  };
}
