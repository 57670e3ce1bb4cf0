import {
  entityStep,
  type EntityFields,
  type RemoveManyBuilder,
  type TableBuilder,
  type UpdateManyBuilder,
  type UpsertBuilder,
  type ValueBuilder,
} from './entity-step.js';
import type { StepPath } from './steps.js';

// Steps on entity tables, `{ ids, entities }`. They do and take what the functions of Redux Toolkit's
// `createEntityAdapter` do and take that have their names.

/**
 * Adds an entity, unless there is one with its id.
 *
 * @example
 * ```ts
 * import { addOne } from 'isthmus/program';
 *
 * addOne('/products');
 * ```
 */
export const addOne: ValueBuilder<'addOne'> = (path, options) =>
  entityStep('addOne', path, options);

/**
 * Adds the entities of an array or a record, except those whose ids are there.
 *
 * @example
 * ```ts
 * import { addMany } from 'isthmus/program';
 *
 * addMany('/products', { sortBy: 'name' });
 * ```
 */
export const addMany: ValueBuilder<'addMany'> = (path, options) =>
  entityStep('addMany', path, options);

/**
 * Adds an entity, or puts it in the place of the one with its id.
 *
 * @example
 * ```ts
 * import { payload, setOne } from 'isthmus/program';
 *
 * setOne('/products', { value: payload('product') });
 * ```
 */
export const setOne: ValueBuilder<'setOne'> = (path, options) =>
  entityStep('setOne', path, options);

/**
 * Adds the entities of an array or a record, or puts them in the place of those with their ids.
 *
 * @example
 * ```ts
 * import { setMany } from 'isthmus/program';
 *
 * setMany('/products', { selectId: 'sku' });
 * ```
 */
export const setMany: ValueBuilder<'setMany'> = (path, options) =>
  entityStep('setMany', path, options);

/**
 * Puts the entities of an array or a record in the place of all that are there.
 *
 * @example
 * ```ts
 * import { setAll } from 'isthmus/program';
 *
 * setAll('/products', { sortBy: ['-stock', 'name'] });
 * ```
 */
export const setAll: ValueBuilder<'setAll'> = (path, options) =>
  entityStep('setAll', path, options);

/**
 * Merges changes into an entity, one level deep: `{ id, changes }`. An unknown id changes nothing.
 *
 * @example
 * ```ts
 * import { object, payload, updateOne } from 'isthmus/program';
 *
 * updateOne('/products', { value: object({ id: payload('id'), changes: object({ stock: 0 }) }) });
 * ```
 */
export const updateOne: ValueBuilder<'updateOne'> = (path, options) =>
  entityStep('updateOne', path, options);

/**
 * Merges changes into entities, one level deep, for an array of `{ id, changes }`; or merges one value
 * into all entities for which `where` holds, or applies steps to them.
 *
 * @example
 * ```ts
 * import { gt, inc, item, payload, updateMany } from 'isthmus/program';
 *
 * updateMany('/products');
 * updateMany('/products', { where: gt(item('stock'), payload('max')), onMatch: [inc('/stock', -1)] });
 * ```
 */
export const updateMany: UpdateManyBuilder = (path: StepPath, options?: EntityFields) =>
  entityStep('updateMany', path, options);

/**
 * Adds an entity, or merges it into the one with its id, or applies steps to that one.
 *
 * @example
 * ```ts
 * import { inc, incoming, upsertOne } from 'isthmus/program';
 *
 * upsertOne('/products', { onMatch: [inc('/stock', incoming('stock'))] });
 * ```
 */
export const upsertOne: UpsertBuilder<'upsertOne'> = (path, options) =>
  entityStep('upsertOne', path, options);

/**
 * Does as {@link upsertOne} with each of the entities of an array or a record.
 *
 * @example
 * ```ts
 * import { inc, incoming, upsertMany } from 'isthmus/program';
 *
 * upsertMany('/products', { onMatch: [inc('/stock', incoming('stock'))] });
 * ```
 */
export const upsertMany: UpsertBuilder<'upsertMany'> = (path, options) =>
  entityStep('upsertMany', path, options);

/**
 * Removes the entity with an id, if there is one.
 *
 * @example
 * ```ts
 * import { payload, removeOne } from 'isthmus/program';
 *
 * removeOne('/products', { value: payload('sku') });
 * ```
 */
export const removeOne: ValueBuilder<'removeOne', never> = (path, options) =>
  entityStep('removeOne', path, options);

/**
 * Removes the entities of an array of ids, those that have all members of `{ where: members }`, or those
 * for which the expression `where` holds.
 *
 * @example
 * ```ts
 * import { eq, item, removeMany } from 'isthmus/program';
 *
 * removeMany('/products');
 * removeMany('/products', { where: eq(item('stock'), 0) });
 * ```
 */
export const removeMany: RemoveManyBuilder = (path: StepPath, options?: EntityFields) =>
  entityStep('removeMany', path, options);

/**
 * Removes all entities.
 *
 * @example
 * ```ts
 * import { removeAll } from 'isthmus/program';
 *
 * removeAll('/products');
 * ```
 */
export const removeAll: TableBuilder<'removeAll'> = (path, options) =>
  entityStep('removeAll', path, options);
