// Runs the public test suite of JSON Schema through wasm where it lies beside the project, in
// ../shared/data; elsewhere there is nothing to run.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadEngine, type JsonSchema } from 'isthmus';
import { describe, expect, it } from 'vitest';
import { openCaseBridge } from './case-bridge.js';
import { schemaVerdicts } from './schema-verdicts.js';

await loadEngine();

interface SchemaGroup {
  description: string;
  schema: JsonSchema;
  tests: { description: string; data: unknown; valid: boolean }[];
}

const folder = join(import.meta.dirname, '../../../shared/data/json-schema');
const files = existsSync(folder)
  ? readdirSync(folder).filter((name) => name.endsWith('.json'))
  : [];

function readGroups(file: string): SchemaGroup[] {
  return JSON.parse(readFileSync(join(folder, file), 'utf8')) as SchemaGroup[];
}

/** Only a dynamic reference with several anchors to choose from may be refused. */
function isRefused(schema: JsonSchema): boolean {
  try {
    openCaseBridge('shared', { case: { payload: schema } }, 'e'.repeat(32));
    return false;
  } catch (error) {
    expect((error as { where: string }).where).toMatch(/\/\$dynamicRef$/);
    return true;
  }
}

describe.runIf(files.length > 0)('the JSON Schema Test Suite holds:', () => {
  let ran = 0;
  let refused = 0;

  it.each(files)('%s', (file) => {
    for (const { description, schema, tests } of readGroups(file)) {
      if (isRefused(schema)) {
        refused += tests.length;
        continue;
      }
      const verdicts = schemaVerdicts({ payload: schema }, tests);
      expect({ description, verdicts }).toEqual({
        description,
        verdicts: tests.map(({ valid }) => (valid ? 'accepted' : 'schema')),
      });
      ran += tests.length;
    }
  });

  it('for nearly every case', () => {
    console.log(`JSON Schema through wasm: ${ran} ran, ${refused} refused with their schemas`);
    expect(refused).toBeLessThan(ran / 100);
  });
});
