/** A JSON Schema 2020-12. */
export type Schema = boolean | SchemaObject;
export type SchemaObject = { readonly [keyword: string]: unknown };

/** Say nothing about which values are valid. */
const ANNOTATIONS = new Set([
  ...['title', 'description', 'default', 'examples', 'deprecated', 'readOnly', 'writeOnly'],
  ...['$comment', '$schema', '$defs', 'definitions', 'contentEncoding', 'contentMediaType'],
  'contentSchema',
]);

/** The keywords that decide, with what they say. */
export function assertionsOf(schema: SchemaObject): [string, unknown][] {
  return Object.entries(schema).filter(([keyword]) => !ANNOTATIONS.has(keyword));
}

export const TYPES = ['null', 'boolean', 'number', 'string', 'array', 'object'] as const;
export type Type = (typeof TYPES)[number];

/** The types of which values may be valid; `number` is there for integers, too. */
export function typesOf(schema: SchemaObject): Type[] {
  const { type, enum: choices } = schema;
  if (Array.isArray(choices)) return unique(choices.map(typeOf));
  if ('const' in schema) return [typeOf(schema['const'])];
  if (type === undefined) return [...TYPES];
  const names = (Array.isArray(type) ? type : [type]) as string[];
  return unique(names.map((name) => (name === 'integer' ? 'number' : (name as Type))));
}

/** Whether only whole numbers are valid among the numbers. */
export function isIntegral({ type, enum: choices, const: constant }: SchemaObject): boolean {
  const values = Array.isArray(choices) ? choices : constant === undefined ? undefined : [constant];
  if (values !== undefined)
    return values.every((each) => typeof each !== 'number' || isWhole(each));
  const names = Array.isArray(type) ? type : [type];
  return names.includes('integer') && !names.includes('number');
}

function isWhole(value: unknown): boolean {
  return Number.isInteger(value);
}

function typeOf(value: unknown): Type {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : (typeof value as Type);
}

function unique<T>(list: readonly T[]): T[] {
  return [...new Set(list)];
}

/** What a reference within its own document refers to; undefined for any other. */
export function resolve(root: Schema, reference: unknown): Schema | undefined {
  if (reference === '#') return root;
  if (typeof reference !== 'string' || !reference.startsWith('#/')) return undefined;
  let at: unknown = root;
  for (const token of reference.slice(2).split('/')) {
    const name = decodeURIComponent(token).replaceAll('~1', '/').replaceAll('~0', '~');
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, name)) return undefined;
    at = (at as Record<string, unknown>)[name];
  }
  return typeof at === 'boolean' || (typeof at === 'object' && at !== null)
    ? (at as Schema)
    : undefined;
}

/** Whether a schema holds a reference anywhere, so that its text alone does not tell what it means. */
export function refers(schema: unknown): boolean {
  if (typeof schema !== 'object' || schema === null) return false;
  return Object.entries(schema).some(
    ([key, value]) => key === '$ref' || key === '$dynamicRef' || refers(value),
  );
}
