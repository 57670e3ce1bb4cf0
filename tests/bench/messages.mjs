// What the bridge benchmarks send: a login of about 100 bytes of JSON and a list of 120 records in 9 kB,
// each with the contract's JSON Schema and the strict zod schema that say the same.

import { z } from 'zod';

const RECORDS = 120;

const text = { type: 'string' };
const number = { type: 'number' };
const count = { type: 'integer', minimum: 0 };
const listOf = (items) => ({ type: 'array', items });

/** An object with all of these properties and no others. */
const strict = (properties) => ({
  type: 'object',
  properties,
  required: Object.keys(properties),
  additionalProperties: false,
});

const login = {
  payloadOf: (turn) => ({
    user: { id: `u-${turn}`, name: 'Ada', email: 'ada@example.com' },
    tenant: 'north',
    roles: ['admin', 'sales'],
  }),
  jsonSchema: strict({
    user: strict({ id: text, name: text, email: text }),
    tenant: text,
    roles: listOf(text),
  }),
  zodSchema: z.strictObject({
    user: z.strictObject({ id: z.string(), name: z.string(), email: z.string() }),
    tenant: z.string(),
    roles: z.array(z.string()),
  }),
  path: ['user', 'id'],
};

const list = {
  payloadOf: (turn) => ({
    records: Array.from({ length: RECORDS }, (_, i) => ({
      id: `id-${i}`,
      name: `Product ${i}`,
      price: turn + 0.5,
      stock: i % 50,
      tags: [`shelf-${i % 40}`],
    })),
  }),
  jsonSchema: strict({
    records: listOf(
      strict({ id: text, name: text, price: number, stock: count, tags: listOf(text) }),
    ),
  }),
  zodSchema: z.strictObject({
    records: z.array(
      z.strictObject({
        id: z.string(),
        name: z.string(),
        price: z.number(),
        stock: z.int().min(0),
        tags: z.array(z.string()),
      }),
    ),
  }),
  path: ['records', RECORDS - 1, 'price'],
};

/** By their size: `payloadOf(turn)`, the schemas, and the `path` of a value that each turn changes. */
export const messages = { 100: login, 9000: list };

let numbers = 0;

/** An envelope as a peer's bridge posts it, with some fields changed. */
export function envelope(action, fields = {}) {
  numbers += 1;
  return {
    isthmus: 1,
    sender: '0123456789abcdef0123456789abcdef',
    from: 'peer',
    seq: numbers,
    clock: Date.now(),
    schemaVersion: 1,
    action: { ...action, meta: { crossApp: true } },
    ...fields,
  };
}

/** A channel that carries bytes, whose messages come when `deliver` is called; `posted` is the last one. */
export function openChannel() {
  const channel = {
    transport: () => ({
      carriesBytes: true,
      post: (message) => (channel.posted = message),
      onMessage: (listener) => (channel.deliver = listener),
      close: () => undefined,
    }),
  };
  return channel;
}
