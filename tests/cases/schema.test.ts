import { loadEngine, type JsonSchema } from 'isthmus';
import { describe, expect, it } from 'vitest';
import { openCaseBridge } from './case-bridge.js';
import { readCases } from './read-cases.js';

await loadEngine();

interface SchemaCase {
  name: string;
  schema: JsonSchema;
  tests?: { data: unknown; valid: boolean }[];
  refused?: true;
}

const sender = 'f'.repeat(32);
const open = (payload: JsonSchema) => openCaseBridge('shared', { case: { payload } }, sender);

describe('every schema case holds:', () => {
  it.each(readCases<SchemaCase>('schema.json'))('%s', (_name, { schema, tests = [], refused }) => {
    if (refused) {
      const error = { code: 'invalid-definition', where: expect.stringMatching(/^\/payload/) };
      expect(() => open(schema)).toThrow(expect.objectContaining(error));
      return;
    }
    const { receive } = open(schema);
    const verdicts = tests.map(({ data }, seq) => receive(envelope(seq, data)));
    expect(verdicts).toEqual(tests.map(({ valid }) => (valid ? 'accepted' : 'schema')));
  });
});

function envelope(seq: number, payload: unknown): object {
  const action = { type: 'case', payload };
  return { isthmus: 1, sender: 'other', from: 'shared', seq, clock: Date.now(), action };
}
