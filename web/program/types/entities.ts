import type { Expression } from './expression.js';
import type { Child, ElementOf, IsOpen, Missing, PartOf } from './paths.js';

// Entity tables, `{ ids, entities }`, as the type checker sees them.

/** The steps on entity tables. */
export type EntityOp =
  | 'addOne'
  | 'addMany'
  | 'setOne'
  | 'setMany'
  | 'setAll'
  | 'updateOne'
  | 'updateMany'
  | 'upsertOne'
  | 'upsertMany'
  | 'removeOne'
  | 'removeMany'
  | 'removeAll';

/** What the entity table at a place holds. */
export type EntityOf<T> = [IdOf<T>] extends [never] ? Missing : Entities<Child<T, 'entities'>>;

// An array has elements, not entities; null has neither.
type Entities<T> =
  IsOpen<T> extends true
    ? unknown
    : [Extract<T, readonly unknown[]>] extends [never]
      ? Child<T, Expression>
      : Missing;

/** What tells a table's entities apart; never where there is no table. */
export type IdOf<T> = IdIn<ElementOf<Child<T, 'ids'>>>;

type IdIn<T> = IsOpen<T> extends true ? string | number : Extract<T, string | number>;

type Update<T, Id> = { id: Id; changes: PartOf<T> };

/** What an entity step's value has to be, as Redux Toolkit's entity adapter takes it. */
export type EntityInput<
  Op extends EntityOp,
  T,
  Id extends string | number,
  Chosen extends boolean,
> = Op extends 'addOne' | 'setOne' | 'upsertOne'
  ? T
  : Op extends 'addMany' | 'setMany' | 'setAll' | 'upsertMany'
    ? readonly T[] | Record<Id, T>
    : Op extends 'updateOne'
      ? Update<T, Id>
      : Op extends 'updateMany'
        ? Chosen extends true
          ? PartOf<T>
          : readonly Update<T, Id>[]
        : Op extends 'removeOne'
          ? Id
          : readonly Id[] | { where: PartOf<T> };
