// Runs the public suite of JsonLogic through wasm where it lies beside the project, in
// ../shared/data; elsewhere there is nothing to run.

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { defineSlice, loadEngine } from 'isthmus';
import { describe, expect, it } from 'vitest';

await loadEngine();

interface LogicCase {
  description: string;
  rule: unknown;
  data?: unknown;
  result: unknown;
}

const file = join(import.meta.dirname, '../../../shared/data/json-logic/cases.json');

/** A rule has a whole value as its data where it is applied to that value as an element. */
function evaluate({ rule, data = null }: LogicCase): unknown {
  const map = { map: [{ var: 'payload' }, rule] };
  const run = [{ op: 'set', path: '', value: map }];
  const slice = defineSlice({ name: 'logic', initialState: [null], reducers: { run } });
  const [result] = slice.reducer(undefined, slice.actions.run([data]));
  return result;
}

describe.runIf(existsSync(file))('the JsonLogic suite holds:', () => {
  const cases = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as LogicCase[]) : [];
  it.each(cases.map((one) => [one.description, one] as const))('%s', (_description, one) => {
    expect(JSON.stringify(evaluate(one))).toBe(JSON.stringify(one.result));
  });
});
