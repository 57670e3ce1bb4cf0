import type { Step } from '../api/contract.js';
import { toRule } from './expressions.js';
import { location, type StepPath } from './steps.js';
import type { Expression, Var } from './types/expression.js';
import type { EntityOp } from './types/entities.js';
import type { PathOf } from './types/references.js';
import type { TypedStep } from './types/steps.js';

type Names = string | readonly string[];

/** How an entity table is kept. */
export interface EntityOptions<Id extends string = string, By extends Names = Names> {
  /** The member that holds an entity's id, a string or a number; `'id'` by default. */
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

type Payload = Expression<Var<'payload', ''>>;
type Steps = readonly Step[];
type None = readonly [];

/** Where a table is and how it is kept, as the type checker sees it. */
interface Kept {
  readonly path: unknown;
  readonly selectId: string;
  readonly sortBy: Names;
}

// Steps that bring entities ask for the member 'id' where no other one is named; those that remove do not.
interface Shape<Op, Table extends Kept, Default extends string = 'id'> {
  readonly op: Op;
  readonly path: Table['path'];
  readonly selectId: [Table['selectId']] extends [never] ? Default : Table['selectId'];
  readonly sortBy: Table['sortBy'];
}

type ValueBuilder<Op extends EntityOp, Table extends Kept, Default extends string = 'id'> = <
  const V = Payload,
>(
  options?: WithValue<V>,
) => TypedStep<Shape<Op, Table, Default> & { readonly value: V }>;

type UpsertBuilder<Op extends EntityOp, Table extends Kept> = <
  const V = Payload,
  const M extends Steps = None,
>(
  options?: WithValue<V> & Partial<WithSteps<M>>,
) => TypedStep<Shape<Op, Table> & { readonly value: V; readonly onMatch: M }>;

interface UpdateManyBuilder<Table extends Kept> {
  <const W extends Expression, const M extends Steps>(
    options: WithWhere<W> & WithSteps<M> & Without<'value'>,
  ): TypedStep<Shape<'updateMany', Table> & { readonly where: W; readonly onMatch: M }>;
  <const W extends Expression, const V = Payload>(
    options: WithWhere<W> & WithValue<V> & Without<'onMatch'>,
  ): TypedStep<Shape<'updateMany', Table> & { readonly where: W; readonly value: V }>;
  <const V = Payload>(
    options?: WithValue<V> & Without<'where' | 'onMatch'>,
  ): TypedStep<Shape<'updateMany', Table> & { readonly value: V }>;
}

interface RemoveManyBuilder<Table extends Kept> {
  <const W extends Expression>(
    options: WithWhere<W> & Without<'value'>,
  ): TypedStep<Shape<'removeMany', Table, never> & { readonly where: W }>;
  <const V = Payload>(
    options?: WithValue<V> & Without<'where'>,
  ): TypedStep<Shape<'removeMany', Table, never> & { readonly value: V }>;
}

/**
 * The steps on one entity table, `{ ids, entities }`. They do and take what the functions of Redux Toolkit's
 * `createEntityAdapter` do and take that have their names; each takes the payload where no `value` is given.
 */
export interface EntityTable<Table extends Kept = Kept> {
  /** Adds an entity, unless there is one with its id. */
  readonly addOne: ValueBuilder<'addOne', Table>;
  /** Adds the entities of an array or a record, except those whose ids are there. */
  readonly addMany: ValueBuilder<'addMany', Table>;
  /** Adds an entity, or puts it in the place of the one with its id. */
  readonly setOne: ValueBuilder<'setOne', Table>;
  /** Adds the entities of an array or a record, or puts them in the place of those with their ids. */
  readonly setMany: ValueBuilder<'setMany', Table>;
  /** Puts the entities of an array or a record in the place of all that are there. */
  readonly setAll: ValueBuilder<'setAll', Table>;
  /** Merges changes into an entity, one level deep: `{ id, changes }`. An unknown id changes nothing. */
  readonly updateOne: ValueBuilder<'updateOne', Table>;
  /**
   * Merges changes into entities, one level deep, for an array of `{ id, changes }`; or merges one value into
   * all entities for which `where` holds, or applies the steps of `onMatch` to them.
   */
  readonly updateMany: UpdateManyBuilder<Table>;
  /** Adds an entity, or merges it into the one with its id, or applies `onMatch` to that one. */
  readonly upsertOne: UpsertBuilder<'upsertOne', Table>;
  /** Does as `upsertOne` with each of the entities of an array or a record. */
  readonly upsertMany: UpsertBuilder<'upsertMany', Table>;
  /** Removes the entity with an id, if there is one. */
  readonly removeOne: ValueBuilder<'removeOne', Table, never>;
  /**
   * Removes the entities of an array of ids, those that have all members of `{ where: members }`, or those for
   * which the expression `where` holds.
   */
  readonly removeMany: RemoveManyBuilder<Table>;
  /** Removes all entities. */
  readonly removeAll: () => TypedStep<Shape<'removeAll', Table, never>>;
}

/**
 * The steps on the entity table at a place of the state, all of which keep it in the same way.
 *
 * @throws IsthmusError `invalid-argument` for a place that is neither a JSON Pointer nor a list.
 *
 * @example
 * ```ts
 * import { defineSlice } from 'isthmus';
 * import { entityTable, gt, inc, incoming, item, payload } from 'isthmus/program';
 *
 * type Product = { sku: string; stock: number };
 * const products = entityTable('', { selectId: 'sku', sortBy: '-stock' });
 *
 * export const slice = defineSlice({
 *   name: 'products',
 *   initialState: { ids: [] as string[], entities: {} as Record<string, Product> },
 *   reducers: {
 *     loaded: [products.setAll()],
 *     changed: [products.updateOne()],
 *     received: [products.upsertMany({ onMatch: [inc('/stock', incoming('stock'))] })],
 *     sold: [products.updateMany({ where: gt(item('stock'), payload('max')), onMatch: [inc('/stock', -1)] })],
 *   },
 * });
 * ```
 */
export function entityTable<
  const P extends StepPath,
  const Id extends string = never,
  const By extends Names = None,
>(
  path: P,
  options: EntityOptions<Id, By> = {},
): EntityTable<{ path: PathOf<P>; selectId: Id; sortBy: By }> {
  const { selectId, sortBy } = options;
  const kept = {
    path: location(path),
    ...(selectId !== undefined && { selectId }),
    ...(sortBy !== undefined && { sortBy }),
  };
  const step =
    (op: EntityOp) =>
    ({ value, where, ...others }: EntityFields = {}): Step => ({
      ...{ op, ...kept },
      ...(value !== undefined && { value: toRule(value) }),
      ...(where !== undefined && { where: toRule(where) }),
      ...others,
    });
  return {
    addOne: step('addOne'),
    addMany: step('addMany'),
    setOne: step('setOne'),
    setMany: step('setMany'),
    setAll: step('setAll'),
    updateOne: step('updateOne'),
    updateMany: step('updateMany'),
    upsertOne: step('upsertOne'),
    upsertMany: step('upsertMany'),
    removeOne: step('removeOne'),
    removeMany: step('removeMany'),
    removeAll: step('removeAll'),
  };
}

/** All that any of the steps takes. */
interface EntityFields {
  readonly value?: unknown;
  readonly where?: Expression;
  readonly onMatch?: Steps;
}
