// Schemas and payloads that would exhaust the stack or take too long, through wasm;
// tests/native/contract/schema_hostile_test.cpp has more of them.

import { loadEngine, type JsonSchema } from 'isthmus';
import { describe, expect, it } from 'vitest';
import { schemaVerdicts } from './schema-verdicts.js';

await loadEngine();

/** Definitions that lead from one to the next as `step` says, and from the last to `end`. */
function chain(
  length: number,
  step: (next: JsonSchema) => JsonSchema,
  end: JsonSchema,
): JsonSchema {
  const links = Array.from({ length }, (_, i) => [`d${i}`, step({ $ref: `#/$defs/d${i + 1}` })]);
  return { $ref: '#/$defs/d0', $defs: Object.fromEntries([...links, [`d${length}`, end]]) };
}

/** `levels` arrays within each other. */
function nested(levels: number): unknown {
  return levels === 1 ? [] : [nested(levels - 1)];
}

function verdict(payload: JsonSchema, data: unknown): string | undefined {
  return schemaVerdicts({ payload }, [{ data }])[0];
}

describe('through wasm,', () => {
  it('schemas within schemas that are too deep for the stack refuse the payload', () => {
    const deep = chain(28, (next) => ({ allOf: [next], minItems: 0 }), { items: { $ref: '#' } });
    expect(verdict(deep, nested(60))).toBe('schema');
    expect(verdict(deep, nested(4))).toBe('accepted');
  });

  it('a recursive schema goes as deep as a payload can be', () => {
    const list = { type: 'array', items: { $ref: '#' } };
    const json = { anyOf: [{ type: 'number' }, list] };
    expect(verdict(json, nested(60))).toBe('accepted');
  });

  it('alternatives that double at each step end, and not as accepted', () => {
    // Taken to their end, 2^30 steps later, these would accept.
    const doubling = chain(30, (next) => ({ allOf: [next, next] }), true);
    expect(verdict(doubling, 1)).toBe('schema');
  });

  it('a definition as deep as can be handed over compiles', () => {
    const deep = Array.from({ length: 250 }).reduce<object>((items) => ({ items }), {});
    expect(verdict(deep as JsonSchema, [[1]])).toBe('accepted');
  });

  it('references in a circle are refused when defined', () => {
    expect(() => verdict({ $ref: '#' }, 1)).toThrow(/itself/);
  });
});
