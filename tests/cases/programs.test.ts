import { defineSlice, loadEngine, ReducerError, type Step } from 'isthmus';
import { describe, expect, it } from 'vitest';
import { readCases } from './read-cases.js';

await loadEngine();

interface ProgramCase {
  name: string;
  initialState: unknown;
  reducers: Record<string, Step[]>;
  actions: {
    event: string;
    payload?: unknown;
    meta?: Record<string, unknown>;
    expect?: unknown;
    error?: { step: string; path: string };
  }[];
}

describe('every program case holds:', () => {
  it.each(readCases<ProgramCase>('programs.json'))('%s', (_name, example) => {
    const { initialState, reducers, actions } = example;
    const slice = defineSlice({ name: 'case', initialState, reducers });
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
