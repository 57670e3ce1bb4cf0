import { loadEngine, type Contract, type JsonSchema } from 'isthmus';
import { describe, expect, it } from 'vitest';
import { openCaseBridge } from './case-bridge.js';
import { readCases } from './read-cases.js';
import { schemaVerdicts } from './schema-verdicts.js';

await loadEngine();

interface SchemaCase {
  name: string;
  assertFormats?: Contract['assertFormats'];
  schema: JsonSchema;
  tests?: { data: unknown; valid: boolean }[];
  /** The place in the schema. */
  refused?: string;
}

interface PatternCase {
  name: string;
  pattern: string;
  matches: string[];
  others: string[];
}

const toVerdict = (valid: boolean): string => (valid ? 'accepted' : 'schema');

function contractOf({ schema, assertFormats }: SchemaCase): Contract {
  return assertFormats ? { payload: schema, assertFormats } : { payload: schema };
}

describe('every schema case holds:', () => {
  it.each(readCases<SchemaCase>('schema.json'))('%s', (_name, one) => {
    const contract = contractOf(one);
    if (one.refused !== undefined) {
      const error = { code: 'invalid-definition', where: `/payload${one.refused}` };
      const open = (): unknown => openCaseBridge('shared', { case: contract }, 'e'.repeat(32));
      expect(open).toThrow(expect.objectContaining(error));
      return;
    }
    const tests = one.tests ?? [];
    expect(schemaVerdicts(contract, tests)).toEqual(tests.map(({ valid }) => toVerdict(valid)));
  });
});

describe('every pattern case holds, and a JavaScript engine agrees:', () => {
  it.each(readCases<PatternCase>('patterns.json'))('%s', (_name, { pattern, matches, others }) => {
    const tests = [...matches, ...others].map((data) => ({ data }));
    const expected = [...matches.map(() => true), ...others.map(() => false)];
    expect(schemaVerdicts({ payload: { pattern } }, tests)).toEqual(expected.map(toVerdict));
    const expression = new RegExp(pattern, 'u');
    expect(tests.map(({ data }) => expression.test(data))).toEqual(expected);
  });
});
