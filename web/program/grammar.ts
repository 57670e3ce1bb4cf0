import type { EntityOp } from './types/entities.js';

// The steps of programs as data, each with its fields; the operators are in operators.ts. program.schema.json
// is made of both (program-schema.ts), and a test compares them with the engine's own tables. The engine is
// what decides; this says the same to editors.

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
  readonly beside: { readonly [field: string]: Beside };
}

function step(description: string, fields: Fields, beside: StepRule['beside'] = {}): StepRule {
  return { description, fields, beside };
}

const at = { path: 'path' } as const;
const valueAt = { ...at, value: 'expression' } as const;
const table = { ...at, selectId: 'selectId?', sortBy: 'sortBy?' } as const;

function entityStep(does: string, more: Fields = {}, beside?: StepRule['beside']): StepRule {
  const on =
    "On { ids, entities }, as Redux Toolkit's entity adapter; the value is the payload by default.";
  return step(`${does} ${on}`, { ...table, value: 'expression?', ...more }, beside);
}

const entitySteps: { readonly [Op in EntityOp]: StepRule } = {
  addOne: entityStep('Adds an entity, unless its id is there.'),
  addMany: entityStep('Adds those of an array or a record of entities whose ids are new.'),
  setOne: entityStep('Puts an entity in, also in the place of another.'),
  setMany: entityStep('Puts an array or a record of entities in, also in the place of others.'),
  setAll: entityStep('Puts an array or a record of entities in the place of all.'),
  updateOne: entityStep('Merges { id, changes } into the entity with that id.'),
  updateMany: entityStep(
    'Merges an array of { id, changes }; or, into the entities for which the expression over item holds, the value; or applies steps to these.',
    { where: 'expression?', onMatch: 'steps?' },
    { onMatch: { needs: 'where', bars: 'value' } },
  ),
  upsertOne: entityStep(
    'Adds an entity whose id is new, and updates one that is there, by onMatch or by merging.',
    { onMatch: 'steps?' },
  ),
  upsertMany: entityStep(
    'Adds those of an array or a record of entities whose ids are new, and updates those that are there, by onMatch or by merging.',
    { onMatch: 'steps?' },
  ),
  removeOne: entityStep('Removes the entity with an id.'),
  removeMany: entityStep(
    'Removes the entities of an array of ids, or those that have all members of { where: members }; or those for which the expression over item holds.',
    { where: 'expression?' },
    { where: { bars: 'value' } },
  ),
  removeAll: step('Removes all entities of { ids, entities }.', table),
};

export const steps: { readonly [op: string]: StepRule } = {
  set: step('Writes the value.', valueAt),
  unset: step('Takes out what is at the path, if anything.', at),
  inc: step('Adds to the number at the path, 1 by default.', { ...at, value: 'expression?' }),
  merge: step('Writes the members of the value into an object.', valueAt),
  push: step('Appends the value to an array.', valueAt),
  insert: step('Puts the value before the index that the path ends with.', valueAt),
  remove: step('Takes out what is at the path, and fails when there is nothing.', at),
  removeWhere: step('Removes the elements for which the expression over item holds.', {
    ...at,
    where: 'expression',
  }),
  updateWhere: step(
    'Applies steps to each element, as the array was, for which the expression over item holds; their paths are relative to the element. They may take it away and insert before it.',
    { ...at, where: 'expression', onMatch: 'steps' },
  ),
  upsert: step(
    'Updates the first element with the same key as the value, by onMatch or by merging the value in, or appends the value.',
    { ...valueAt, by: 'by', onMatch: 'steps?' },
  ),
  reset: step('Goes back to the initial state, or to what it has at the path.', { path: 'path?' }),
  if: step('Applies steps when the expression is truthy, and others when it is not.', {
    test: 'expression',
    then: 'steps',
    else: 'steps?',
  }),
  ...entitySteps,
};
