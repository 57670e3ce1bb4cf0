import { defineSlice, EngineError, loadEngine, ReducerError } from 'isthmus';
import type { Step } from 'isthmus/program';
import { describe, expect, it } from 'vitest';
import { readCases } from './read-cases.js';

await loadEngine();

interface ProgramCase {
  name: string;
  initialState: unknown;
  reducers: Record<string, Step[]>;
  index?: Record<string, string[]>;
  refused?: string;
  actions?: {
    event: string;
    payload?: unknown;
    meta?: Record<string, unknown>;
    expect?: unknown;
    error?: { step: string; path: string };
  }[];
}

/** The slice, of which the types know nothing. */
function define({ initialState, reducers, index }: ProgramCase) {
  return defineSlice({ name: 'case', initialState, reducers, ...(index && { index }) });
}

describe.each(['programs.json', 'entities.json'])('every case of %s holds:', (file) => {
  it.each(readCases<ProgramCase>(file))('%s', (_name, example) => {
    const { actions = [], refused } = example;
    if (refused !== undefined) {
      const error = { code: 'invalid-definition', where: refused };
      expect(() => define(example)).toThrow(EngineError);
      expect(() => define(example)).toThrow(expect.objectContaining(error));
      return;
    }
    const slice = define(example);
    let state = slice.reducer(undefined, { type: '@@init' });
    for (const { event, error, expect: expected, ...rest } of actions) {
      const before = JSON.stringify(state);
      const reduce = () =>
        slice.reducer(state, { type: `case/${event}`, ...rest } as { type: string });
      if (error === undefined) {
        state = reduce();
        expect(JSON.stringify(state)).toBe(JSON.stringify(expected));
      } else {
        expect(reduce).toThrow(ReducerError);
        expect(reduce).toThrow(expect.objectContaining({ ...error, slice: 'case' }));
        expect(JSON.stringify(state)).toBe(before);
      }
    }
  });
});
