import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ajv } from 'ajv';
import { defineSlice, loadEngine } from 'isthmus';
import { describe, expect, it } from 'vitest';

import { steps, type Kind } from '../../../web/program/grammar.js';
import { iterators, operators } from '../../../web/program/operators.js';
import { programSchema } from '../../../web/program/program-schema.js';

await loadEngine();

const accepts = new Ajv({ strict: false }).compile(programSchema);

function engineAccepts(program: object): boolean {
  try {
    defineSlice(program as never);
    return true;
  } catch {
    return false;
  }
}

const withStep = (step: object) => ({ name: 'n', initialState: {}, reducers: { go: [step] } });

const samples: { readonly [K in Kind]: unknown } = {
  path: '/a',
  expression: { var: 'payload' },
  steps: [{ op: 'reset' }],
  by: 'id',
  selectId: 'id',
  sortBy: ['-a', 'b'],
};

const subsets = <T>(list: readonly T[]): T[][] =>
  list.reduce<T[][]>((all, one) => [...all, ...all.map((some) => [...some, one])], [[]]);

describe('the schema agrees with the engine on', () => {
  it.each(Object.entries(steps))('%s with any of its fields', (op, { fields }) => {
    const members = Object.entries({ ...fields, other: 'expression' });
    for (const some of subsets(members)) {
      const step = some.map(([field, kind]) => [field, samples[kind.replace('?', '') as Kind]]);
      const program = withStep({ op, ...Object.fromEntries(step) });
      expect(accepts(program), JSON.stringify(program)).toBe(engineAccepts(program));
    }
  });

  it.each(Object.keys({ ...operators, ...iterators }))('%s of any number of arguments', (name) => {
    for (const list of [undefined, [], [1], [1, 2], [1, 2, 3], [1, 2, 3, 4]]) {
      const program = withStep({ op: 'set', path: '', value: { [name]: list ?? 1 } });
      expect(accepts(program), JSON.stringify(program)).toBe(engineAccepts(program));
    }
  });
});

/** The names in the engine's tables, whose lines look like `row`. */
function namesInEngine(row: RegExp): string[] {
  const folder = fileURLToPath(new URL('../../../src/reducer', import.meta.url));
  const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.cpp'))
    .map((file) => readFileSync(join(folder, file), 'utf8'));
  return [...sources.join('\n').matchAll(row)].map(([, name]) => name!).sort();
}

describe('the grammar knows exactly', () => {
  it('the steps of the engine', () => {
    const row = /\{"(\w+)", "(?:path|test)[\w ?]*"\}/g;
    expect(Object.keys(steps).sort()).toEqual(namesInEngine(row));
  });

  it('the operators of the engine', () => {
    const row = /\{"([^"]+)",\s+\d+,\s+(?:\d+|kAnyCount),/g;
    expect(['var', ...Object.keys({ ...operators, ...iterators })].sort()).toEqual(
      namesInEngine(row),
    );
  });
});
