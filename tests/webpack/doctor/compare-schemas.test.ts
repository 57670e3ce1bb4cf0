import { Ajv, type AnySchema } from 'ajv';
import { describe, expect, it } from 'vitest';
import { compareSchemas } from '../../../webpack/doctor/schema/compare-schemas.js';
import type { Schema } from '../../../webpack/doctor/schema/schema.js';

const text = { type: 'string' };
const point = { type: 'object', required: ['x'], properties: { x: { type: 'number' } } };
const tree = (leaf: object) => ({
  type: 'object',
  properties: { value: leaf, children: { type: 'array', items: { $ref: '#' } } },
});

describe('what one schema allows, against another one', () => {
  it.each<[sent: Schema, received: Schema, kind: string, at?: string]>([
    [text, text, 'fits'],
    [text, true, 'fits'],
    [text, {}, 'fits'],
    [true, text, 'breaks', ''],
    [text, { type: ['string', 'null'] }, 'fits'],
    [{ type: ['string', 'null'] }, text, 'breaks', ''],
    [{ type: 'integer' }, { type: 'number' }, 'fits'],
    [{ type: 'number' }, { type: 'integer' }, 'breaks', ''],
    [{ enum: ['a', 'b'] }, { enum: ['a', 'b', 'c'] }, 'fits'],
    [{ enum: ['a', 'b', 'c'] }, { enum: ['a', 'b'] }, 'breaks', ''],
    [{ const: 'a' }, { ...text, enum: ['a'] }, 'fits'],
    [{ const: 'a' }, { minLength: 1 }, 'unknown', ''],
    [point, { ...point, properties: { ...point.properties, y: text } }, 'breaks', '/y'],
    [
      { ...point, additionalProperties: false },
      { ...point, properties: { x: true, y: text } },
      'fits',
    ],
    [point, { ...point, required: ['x', 'y'] }, 'breaks', '/y'],
    [point, { ...point, additionalProperties: false }, 'breaks', '/*'],
    [{ ...point, additionalProperties: false }, { ...point, additionalProperties: text }, 'fits'],
    [{ ...text, maxLength: 5 }, { ...text, maxLength: 9 }, 'fits'],
    [{ ...text, maxLength: 9 }, { ...text, maxLength: 5 }, 'breaks', ''],
    [text, { ...text, minLength: 0 }, 'fits'],
    [{ minimum: 1 }, { exclusiveMinimum: 0 }, 'fits'],
    [{ minimum: 0 }, { exclusiveMinimum: 0 }, 'breaks', ''],
    [{ exclusiveMaximum: 5 }, { maximum: 5 }, 'fits'],
    [{ ...text, pattern: '^a' }, { ...text, pattern: '^a' }, 'fits'],
    [{ ...text, pattern: '^a' }, { ...text, pattern: '^b' }, 'unknown', ''],
    [{ ...text, format: 'email' }, { ...text, format: 'uri' }, 'fits'],
    [
      { type: 'array', items: text },
      { type: 'array', items: { type: ['string', 'null'] } },
      'fits',
    ],
    [{ type: 'array' }, { type: 'array', items: text }, 'breaks', '/*'],
    [{ type: ['string', 'number'] }, { anyOf: [text, { type: 'number' }] }, 'fits'],
    [{ anyOf: [text, { type: 'null' }] }, { type: ['string', 'null'] }, 'fits'],
    [{ anyOf: [text, { type: 'null' }] }, text, 'breaks', ''],
    [{ allOf: [text, { minLength: 2 }] }, { ...text, minLength: 1 }, 'unknown', ''],
    [text, { allOf: [text, { minLength: 2 }] }, 'breaks', ''],
    [text, { not: { const: '' } }, 'unknown', ''],
    [tree(text), tree({ type: ['string', 'null'] }), 'fits'],
    [tree({ type: ['string', 'null'] }), tree(text), 'breaks', '/value'],
    [{ $defs: { a: text }, $ref: '#/$defs/a' }, text, 'fits'],
    [text, { $defs: { a: text }, $ref: '#/$defs/a' }, 'fits'],
    [text, { $ref: 'https://example.org/other.json' }, 'unknown', ''],
    [{ ...text, title: 'Old' }, { ...text, title: 'New', description: 'Better' }, 'fits'],
    [{ patternProperties: { '^a': text } }, { additionalProperties: text }, 'unknown', ''],
  ])('%j against %j: %s', (sent, received, kind, at) => {
    expect(compareSchemas(sent, received)).toMatchObject({ kind, ...(at !== undefined && { at }) });
  });

  it('asks for the same format where it is asserted', () => {
    expect(compareSchemas(text, { ...text, format: 'email' }, true).kind).toBe('unknown');
  });
});

// Random schemas from few words, so that many pairs are alike: what is said to fit must fit.
describe('what is said to fit', () => {
  it('is allowed, as ajv sees it, for random payloads', () => {
    const seed = Number(process.env['ISTHMUS_SEED'] ?? Date.now() % 1_000_000);
    const random = randomFrom(seed);
    let fitting = 0;
    let allowed = 0;
    for (let i = 0; i < 600; i++) {
      const sent = randomSchema(random, 2);
      const received = random(3) === 0 ? randomSchema(random, 2) : relaxed(random, sent);
      if (compareSchemas(sent, received).kind !== 'fits') continue;
      fitting += 1;
      const ajv = new Ajv({ strict: false, validateSchema: false });
      const [isSent, isReceived] = [sent, received].map((each) => ajv.compile(each as AnySchema));
      for (let j = 0; j < 40; j++) {
        const payload = randomPayload(random, 2);
        if (!isSent!(payload)) continue;
        allowed += 1;
        const told = `seed ${seed}: ${JSON.stringify({ sent, received, payload })}`;
        expect(isReceived!(payload), told).toBe(true);
      }
    }
    expect(fitting).toBeGreaterThan(30);
    expect(allowed).toBeGreaterThan(200);
  });
});

type Random = (below: number) => number;

/** https://en.wikipedia.org/wiki/Linear_congruential_generator, with the constants of Numerical Recipes */
function randomFrom(seed: number): Random {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

function pick<T>(random: Random, list: readonly T[]): T {
  return list[random(list.length)]!;
}

const scalars = [null, true, 0, 1, 2.5, -1, '', 'a', 'ab', 'abc'];
const keywords: ((random: Random, depth: number) => Record<string, unknown>)[] = [
  (random) => ({ type: pick(random, ['string', 'number', 'integer', 'null', 'array', 'object']) }),
  (random) => ({ type: [pick(random, ['string', 'number']), pick(random, ['null', 'object'])] }),
  (random) => ({ enum: [pick(random, scalars), pick(random, scalars)] }),
  (random) => ({ const: pick(random, scalars) }),
  (random) => ({ minimum: random(3), maximum: 1 + random(3) }),
  (random) => ({ exclusiveMinimum: random(3) - 1 }),
  (random) => ({ minLength: random(3) }),
  (random) => ({ maxLength: random(4) }),
  (random) => ({ pattern: pick(random, ['^a', 'b']) }),
  (random) => ({ required: [pick(random, ['x', 'y'])] }),
  (random) => ({ minProperties: random(2), maxProperties: 1 + random(2) }),
  (random) => ({ minItems: random(2), maxItems: 1 + random(2) }),
  () => ({ uniqueItems: true }),
  (random) => ({ multipleOf: pick(random, [1, 2, 0.5]) }),
  (random, depth) => ({ properties: { [pick(random, ['x', 'y'])]: randomSchema(random, depth) } }),
  (random, depth) => ({ additionalProperties: randomSchema(random, depth) }),
  (random, depth) => ({ patternProperties: { '^x': randomSchema(random, depth) } }),
  (random, depth) => ({ items: randomSchema(random, depth) }),
  (random, depth) => ({ anyOf: [randomSchema(random, depth), randomSchema(random, depth)] }),
  (random, depth) => ({ oneOf: [randomSchema(random, depth), randomSchema(random, depth)] }),
  (random, depth) => ({ allOf: [randomSchema(random, depth), randomSchema(random, depth)] }),
  (random, depth) => ({ not: randomSchema(random, depth) }),
];

function randomSchema(random: Random, depth: number): Schema {
  if (depth === 0 || random(8) === 0) return random(4) > 0 ? { type: 'string' } : random(3) > 0;
  const chosen = Array.from({ length: 1 + random(3) }, () => pick(random, keywords));
  return Object.assign({}, ...chosen.map((keyword) => keyword(random, depth - 1))) as Schema;
}

/** The same schema without one of its keywords, which often allows more. */
function relaxed(random: Random, schema: Schema): Schema {
  if (typeof schema === 'boolean') return true;
  const entries = Object.entries(schema);
  const left = entries.filter((_, i) => i !== random(entries.length));
  return Object.fromEntries(left.map(([name, value]) => [name, relaxedValue(random, name, value)]));
}

function relaxedValue(random: Random, name: string, value: unknown): unknown {
  if (name === 'items' || name === 'additionalProperties') return relaxed(random, value as Schema);
  return name.startsWith('max') ? (value as number) + random(2) : value;
}

function randomPayload(random: Random, depth: number): unknown {
  if (depth === 0 || random(3) === 0) return pick(random, scalars);
  const values = Array.from({ length: random(3) }, () => randomPayload(random, depth - 1));
  if (random(2) === 0) return values;
  return Object.fromEntries(values.map((value) => [pick(random, ['x', 'y', 'z']), value]));
}
