import { defineSlice, EngineError, loadEngine, ReducerError, type Step } from 'isthmus';
import { describe, expect, it } from 'vitest';
import { readCases } from './read-cases.js';

await loadEngine();

interface EntityCase {
  name: string;
  initialState: unknown;
  reducers: Record<string, Step[]>;
  index?: Record<string, string[]>;
  refused?: string;
  actions?: {
    event: string;
    payload?: unknown;
    expect?: unknown;
    error?: { step: string; path: string };
  }[];
}

// The types of a definition come from its literals; these definitions are data.
const define = ({ initialState, reducers, index }: EntityCase) =>
  defineSlice({ name: 'case', initialState, reducers, ...(index && { index }) });

// A malformed index is a case of the native run: `defineSlice` does not take one.
const cases = readCases<EntityCase>('entities.json').filter(
  ([, { index, refused }]) => index === undefined || refused === undefined,
);

describe('every entity case holds:', () => {
  it.each(cases.filter(([, { refused }]) => refused === undefined))('%s', (_name, example) => {
    const { reducer } = define(example);
    let state = reducer(undefined, { type: '@@init' });
    for (const { event, error, expect: expected, ...rest } of example.actions!) {
      const before = JSON.stringify(state);
      const reduce = () => reducer(state, { type: `case/${event}`, ...rest } as { type: string });
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

  it.each(cases.filter(([, { refused }]) => refused !== undefined))('%s', (_name, example) => {
    expect(() => define(example)).toThrow(EngineError);
    expect(() => define(example)).toThrow(expect.objectContaining({ where: example.refused }));
  });
});
