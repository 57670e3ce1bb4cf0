import { steps, type Kind, type StepRule } from './grammar.js';
import { iterators, operators, roots, type Arity } from './operators.js';

// The grammar as a JSON Schema, which editors complete and check programs with. `if` by type, in place of
// `anyOf`, makes their messages those of the form that was meant.

type Schema = { readonly [keyword: string]: unknown };

const ref = (definition: string): Schema => ({ $ref: `#/definitions/${definition}` });
const described = (description: string, schema: Schema): Schema => ({ description, ...schema });
const arrayOr = (array: Schema, other: Schema): Schema => ({
  if: { type: 'array' },
  then: array,
  else: other,
});
const mapEntries = <T>(record: { readonly [key: string]: T }, map: (value: T) => unknown): Schema =>
  Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]));

const pointer = '^(/([^~/]|~[01])*)*$';
const operation = { type: 'object', minProperties: 1, maxProperties: 1 };

const kinds: { readonly [K in Kind]: Schema } = {
  path: described(
    "A JSON Pointer (RFC 6901), '' being the slice's state itself, or a list of tokens.",
    arrayOr({ items: ref('token') }, { type: 'string', pattern: pointer }),
  ),
  expression: described(
    'A JsonLogic rule over state, payload, meta, item and, in the onMatch of an upsert, incoming. An object with exactly one key is an operation; everything else stands for itself.',
    {
      if: operation,
      then: ref('operation'),
      else: { if: { type: 'array' }, then: { items: ref('expression') } },
    },
  ),
  steps: described('Applied in order, all or none; each sees what the ones before it wrote.', {
    type: 'array',
    items: ref('step'),
  }),
  by: described('The key that tells elements apart.', { type: 'string' }),
  selectId: described(
    "The member that holds an entity's id, 'id' by default. The same for all steps on one table.",
    { type: 'string' },
  ),
  sortBy: described(
    "The member, or the members one after another, by which ids is sorted, '-name' descending. The same for all steps on one table.",
    arrayOr({ items: { type: 'string' } }, { type: 'string' }),
  ),
};

const isOptional = (kind: string): boolean => kind.endsWith('?');

/** An editor shows the description at `op`: a step in a list has no key of its own. */
function stepSchema({ description, fields, beside }: StepRule): Schema {
  return {
    description,
    required: ['op', ...Object.keys(fields).filter((field) => !isOptional(fields[field]!))],
    additionalProperties: false,
    properties: {
      op: { description },
      ...mapEntries(fields, (kind) => ref(kind.replace('?', ''))),
    },
    dependencies: mapEntries(beside, ({ needs, bars }) => ({
      ...(needs && { required: [needs] }),
      properties: { ...(needs && { [needs]: true }), ...(bars && { [bars]: false }) },
    })),
  };
}

function lengths([atLeast, atMost]: Arity): Schema {
  return {
    ...(atLeast > 0 && { minItems: atLeast }),
    ...(atMost < Infinity && { maxItems: atMost }),
  };
}

/** Of an operator that takes a single argument, this may stand without an array around it. */
function argumentsSchema(arity: Arity): Schema {
  const list = { type: 'array', items: ref('expression'), ...lengths(arity) };
  return arity[0] > 1 ? list : arrayOr(list, ref('expression'));
}

function iteratorSchema(arity: Arity): Schema {
  const isReduction = arity[1] === 3;
  const description = isReduction
    ? 'An array, a rule over current and accumulator, and what to begin with.'
    : 'An array, and a rule over its elements: paths in it begin at the element.';
  const items = [ref('expression'), ref('innerExpression')];
  if (isReduction) items.push(ref('expression'));
  return { description, type: 'array', ...lengths(arity), items };
}

const operations: Schema = {
  var: described(
    'What stands at a dotted path, null or the given default when there is nothing.',
    arrayOr(
      { minItems: 1, maxItems: 2, items: [ref('variable'), ref('expression')] },
      ref('variable'),
    ),
  ),
  literal: { description: 'Its argument as it is, whatever it looks like.' },
  object: described('An object built from expressions.', {
    type: 'object',
    additionalProperties: ref('expression'),
  }),
  ...mapEntries(operators, argumentsSchema),
  ...mapEntries(iterators, iteratorSchema),
};

const definitions: Schema = {
  reducers: { type: 'object', additionalProperties: ref('steps') },
  step: {
    type: 'object',
    required: ['op'],
    properties: { op: { enum: Object.keys(steps) } },
    allOf: Object.keys(steps).map((op) => ({
      if: { required: ['op'], properties: { op: { const: op } } },
      then: ref(`step.${op}`),
    })),
  },
  ...Object.fromEntries(
    Object.entries(steps).map(([op, rule]) => [`step.${op}`, stepSchema(rule)]),
  ),
  ...kinds,
  token: {
    description: 'A key, an index, or an expression that gives one.',
    if: { type: 'number' },
    then: { type: 'integer', minimum: 0, maximum: 2 ** 32 - 2 },
    else: { if: { not: { type: 'string' } }, then: ref('expression') },
  },
  operation: { type: 'object', additionalProperties: false, properties: operations },
  variable: {
    if: { type: 'object' },
    then: ref('expression'),
    else: { type: 'string', pattern: `^(${roots.join('|')})(\\.|$)` },
  },
  innerExpression: {
    description: 'A rule in which var may read any path.',
    if: operation,
    then: {
      propertyNames: { enum: Object.keys(operations) },
      properties: {
        literal: true,
        object: { type: 'object', additionalProperties: ref('innerExpression') },
      },
      additionalProperties: ref('innerExpression'),
    },
    else: { if: { type: 'array' }, then: { items: ref('innerExpression') } },
  },
};

/** What defineSlice takes, in canonical JSON. */
export const programSchema: Schema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: 'Isthmus program',
  description: 'A native slice in canonical JSON: what defineSlice takes and the engine compiles.',
  type: 'object',
  required: ['name', 'initialState', 'reducers'],
  additionalProperties: false,
  properties: {
    $schema: { type: 'string' },
    name: {
      description: "The key in the state and the prefix of the slice's action types.",
      type: 'string',
      minLength: 1,
    },
    schemaVersion: {
      description: "The version of the state's shape; 1 by default.",
      type: 'integer',
      minimum: 1,
    },
    initialState: { description: 'Any JSON.' },
    reducers: {
      description: 'Steps by event: "addItem" handles "name/addItem" and gets an action creator.',
      allOf: [ref('reducers')],
    },
    on: { description: "Steps by other slices' action types.", allOf: [ref('reducers')] },
    index: {
      description:
        'Arrays, by JSON Pointer, and the members by which upsert finds their elements without a scan.',
      type: 'object',
      propertyNames: { pattern: pointer },
      additionalProperties: { type: 'array', items: { type: 'string' } },
    },
    contract: {
      description: 'What may cross the bridge, by action type.',
      type: 'object',
      additionalProperties: { type: 'object' },
    },
  },
  definitions,
};
