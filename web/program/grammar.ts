import type { EntityOp } from './types/entities.js';

// The language of programs as data: every step with its fields, every operator with how many arguments it
// takes. program.schema.json is made of it (program-schema.ts), and a test compares it with the engine's
// own tables. The engine is what decides; this says the same to editors.

/** What a field holds; with a question mark it may be left out. */
export type Kind = 'path' | 'expression' | 'steps' | 'by' | 'selectId' | 'sortBy';
type Fields = { readonly [field: string]: Kind | `${Kind}?` };

/** A field that must, or must not, stand beside another. */
interface Beside {
  readonly needs?: string;
  readonly bars?: string;
}

export interface StepRule {
  readonly description: string;
  readonly fields: Fields;
  readonly beside?: { readonly [field: string]: Beside };
}

const step = (description: string, fields: Fields, beside?: StepRule['beside']): StepRule => ({
  description,
  fields,
  ...(beside && { beside }),
});

// The value of those that have one is the payload by default.
const table = { path: 'path', selectId: 'selectId?', sortBy: 'sortBy?' } as const;
const entities = { ...table, value: 'expression?' } as const;

const entitySteps: { readonly [Op in EntityOp]: StepRule } = {
  addOne: step('Adds an entity, unless its id is there.', entities),
  addMany: step('Adds those of an array or a record of entities whose ids are new.', entities),
  setOne: step('Puts an entity in, also in the place of another.', entities),
  setMany: step('Puts an array or a record of entities in, also in the place of others.', entities),
  setAll: step('Puts an array or a record of entities in the place of all.', entities),
  updateOne: step('Merges { id, changes } into the entity with that id.', entities),
  updateMany: step(
    'Merges an array of { id, changes }; or, into the entities for which the expression over item holds, the value; or applies steps to these.',
    { ...entities, where: 'expression?', onMatch: 'steps?' },
    { onMatch: { needs: 'where', bars: 'value' } },
  ),
  upsertOne: step(
    'Adds an entity whose id is new, and updates one that is there, by onMatch or by merging.',
    { ...entities, onMatch: 'steps?' },
  ),
  upsertMany: step(
    'Adds those of an array or a record of entities whose ids are new, and updates those that are there, by onMatch or by merging.',
    { ...entities, onMatch: 'steps?' },
  ),
  removeOne: step('Removes the entity with an id.', entities),
  removeMany: step(
    'Removes the entities of an array of ids, or those that have all members of { where: members }; or those for which the expression over item holds.',
    { ...entities, where: 'expression?' },
    { where: { bars: 'value' } },
  ),
  removeAll: step('Removes all entities.', table),
};

export const steps: { readonly [op: string]: StepRule } = {
  set: step('Writes the value.', { path: 'path', value: 'expression' }),
  unset: step('Takes out what is at the path, if anything.', { path: 'path' }),
  inc: step('Adds to the number at the path, 1 by default.', {
    path: 'path',
    value: 'expression?',
  }),
  merge: step('Writes the members of the value into an object.', {
    path: 'path',
    value: 'expression',
  }),
  push: step('Appends the value to an array.', { path: 'path', value: 'expression' }),
  insert: step('Puts the value before the index that the path ends with.', {
    path: 'path',
    value: 'expression',
  }),
  remove: step('Takes out what is at the path, and fails when there is nothing.', { path: 'path' }),
  removeWhere: step('Removes the elements for which the expression over item holds.', {
    path: 'path',
    where: 'expression',
  }),
  updateWhere: step(
    'Applies steps to each element, as the array was, for which the expression over item holds; their paths are relative to the element. They may take it away and insert before it.',
    { path: 'path', where: 'expression', onMatch: 'steps' },
  ),
  upsert: step(
    'Updates the first element with the same key as the value, by onMatch or by merging the value in, or appends the value.',
    { path: 'path', by: 'by', value: 'expression', onMatch: 'steps?' },
  ),
  reset: step('Goes back to the initial state, or to what it has at the path.', { path: 'path?' }),
  if: step('Applies steps when the expression is truthy, and others when it is not.', {
    test: 'expression',
    then: 'steps',
    else: 'steps?',
  }),
  ...entitySteps,
};

/** The least and the greatest number of arguments. */
export type Arity = readonly [atLeast: number, atMost: number];

/** Of JsonLogic, those whose arguments are expressions like any other. A single one needs no array around it. */
export const operators: { readonly [name: string]: Arity } = {
  '==': [2, 2],
  '!=': [2, 2],
  '===': [2, 2],
  '!==': [2, 2],
  '<': [2, 3],
  '<=': [2, 3],
  '>': [2, 3],
  '>=': [2, 3],
  '!': [0, 1],
  '!!': [0, 1],
  and: [1, Infinity],
  or: [1, Infinity],
  if: [0, Infinity],
  '?:': [0, Infinity],
  log: [1, 1],
  '+': [0, Infinity],
  '*': [1, Infinity],
  '-': [1, 2],
  '/': [2, 2],
  '%': [2, 2],
  min: [1, Infinity],
  max: [1, Infinity],
  cat: [0, Infinity],
  in: [2, 2],
  substr: [2, 3],
  missing: [0, Infinity],
  missing_some: [2, 2],
  merge: [0, Infinity],
};

/** Of JsonLogic, those whose second argument is a rule over other data, in which paths begin there. */
export const iterators: { readonly [name: string]: Arity } = {
  map: [2, 2],
  filter: [2, 2],
  all: [2, 2],
  some: [2, 2],
  none: [2, 2],
  reduce: [2, 3],
};

/** Where a path that `var` reads may begin, outside of an iterator's rule. */
export const roots = ['state', 'payload', 'meta', 'item', 'incoming'] as const;
