import { defineSlice, loadEngine } from 'isthmus';
import type { Step } from 'isthmus/program';
import { describe, expect, it } from 'vitest';
import { readCases } from './read-cases.js';

await loadEngine();

interface ExpressionCase {
  name: string;
  rule: unknown;
  scope?: { state?: unknown; payload?: unknown; meta?: Record<string, unknown>; item?: unknown };
  result?: unknown;
  refused?: string;
}

/** The rule as what one step writes: to the slice or, where there is an item, to that element. */
function evaluate({ rule, scope = {} }: ExpressionCase): unknown {
  const { payload, meta, item } = scope;
  const write: Step = { op: 'set', path: '', value: rule };
  const onItem: Step = { op: 'updateWhere', path: '', where: true, onMatch: [write] };
  const hasItem = 'item' in scope;
  const state = hasItem ? [item] : (scope.state ?? null);
  const run = [hasItem ? onItem : write];
  const slice = defineSlice({ name: 'case', initialState: state, reducers: { run } });
  const next = slice.reducer(state, { ...slice.actions.run(payload), ...(meta && { meta }) });
  return hasItem ? (next as unknown[])[0] : next;
}

describe('every expression case holds:', () => {
  it.each(readCases<ExpressionCase>('expressions.json'))('%s', (_name, example) => {
    if (example.refused !== undefined) {
      const where = `/reducers/run/0/value${example.refused}`;
      expect(() => evaluate(example)).toThrow(expect.objectContaining({ where }));
      return;
    }
    expect(JSON.stringify(evaluate(example))).toBe(JSON.stringify(example.result));
  });
});
