import { defineSlice, EngineError, IsthmusError, loadEngine, type Action } from 'isthmus';
import { item, literal, object, payload, push, rule, set, state } from 'isthmus/program';
import { describe, expect, expectTypeOf, it } from 'vitest';

import { iterators, operators } from '../../../web/program/operators.js';

await loadEngine();

/** What the engine makes of a value for a payload. */
function evaluate(value: unknown, given?: unknown, initialState: unknown = null): unknown {
  const { reducer, actions } = defineSlice({
    name: 'rules',
    initialState: { result: null as unknown, state: initialState },
    reducers: { run: [set('/result', value)] },
  });
  const { type } = actions.run();
  return reducer(undefined, { type, payload: given } as Action).result;
}

/** The error of a call. */
function errorOf(call: () => unknown): IsthmusError {
  try {
    call();
  } catch (error) {
    if (error instanceof IsthmusError) return error;
    throw error;
  }
  throw new Error('it did not throw');
}

describe('rule', () => {
  it('is evaluated where a builder takes an expression', () => {
    expect(evaluate(rule({ max: [{ var: 'payload' }, 3] }), 7)).toBe(7);
    expect(evaluate(rule({ cat: ['a', { var: 'payload' }] }), 'b')).toBe('ab');
    const total = rule({ '+': { map: [{ var: 'payload' }, { var: 'qty' }] } });
    expect(JSON.parse(JSON.stringify(total))).toEqual({
      '+': { map: [{ var: 'payload' }, { var: 'qty' }] },
    });
  });

  it('holds expressions of builders, data and lists', () => {
    const users = [{ name: 'Ada', tags: [] }];
    const members = { map: [payload(), object({ n: item('name'), by: literal({ var: 'x' }) })] };
    expect(evaluate(rule(members), users)).toEqual([{ n: 'Ada', by: { var: 'x' } }]);
    expect(evaluate(rule([state('state.n'), payload(), { a: 1, b: 2 }]), 5, { n: 4 })).toEqual([
      4,
      5,
      { a: 1, b: 2 },
    ]);
    expect(evaluate(object({ best: rule({ max: [payload(), 1] }) }), 2)).toEqual({ best: 2 });
    const inside = rule({ if: [payload(), { object: { a: payload() } }, { literal: { max: 1 } }] });
    expect([evaluate(inside, 1), evaluate(inside, 0)]).toEqual([{ a: 1 }, { max: 1 }]);
  });

  const samples = Object.entries({ ...operators, ...iterators });
  it.each(samples)('knows the operator %s, and so does the engine', (name, [atLeast]) => {
    const list = Array.from({ length: Math.max(1, atLeast) }, () => [1]);
    expect(() => evaluate(rule({ [name]: list } as never))).not.toThrow();
  });

  it.each([
    [{ mx: [1, 2] }, "rule: 'mx' is no operator (at /mx); did you mean 'max'?"],
    [{ if: [1, { fliter: [[], 1] }] }, "(at /if/1/fliter); did you mean 'filter'?"],
    [{ object: { a: { Cat: ['a'] } } }, "(at /object/a/Cat); did you mean 'cat'?"],
    [[{ '=': [1, 2] }], "(at /0/=); did you mean '=='?"],
    [{ max: [{ literals: 1 }] }, "did you mean 'literal'?"],
    [
      { '+': [{ constructor: 1 }] },
      "'constructor' is no operator (at /+/0/constructor). Plain data",
    ],
    [{ object: [1] }, "'object' takes an object of expressions (at /object)"],
  ])('refuses %j', (logic, text) => {
    const error = errorOf(() => rule(logic as never));
    expect([error.code, error instanceof EngineError]).toEqual(['invalid-definition', false]);
    expect(error.message).toContain(text);
  });

  it.each([[undefined], [5], ['max'], [{}], [{ max: [1], min: [1] }], [new Date()]])(
    'takes no %j',
    (logic) => {
      const { code, message } = errorOf(() => rule(logic as never));
      expect([code, message]).toEqual(['invalid-argument', expect.stringMatching(/^rule takes/)]);
    },
  );

  it('leaves the number of arguments and the roots of paths to the engine', () => {
    expect(() => evaluate(rule({ '/': [1] }))).toThrow(/'\/' does not take 1 arguments/);
    expect(() => evaluate(rule({ var: 'stat.a' }))).toThrow(/'var' must begin with state/);
  });
});

describe('an expression in plain data', () => {
  it('is refused where it would be stored', () => {
    const { code, message } = errorOf(() => set('/a', { max: [state('a'), 1] }));
    expect(code).toBe('invalid-definition');
    expect(message).toContain('(at /max/0), where it would be stored and not evaluated');
    expect(message).toContain('rule({ ... })');
    expect(errorOf(() => rule({ max: [{ a: 1, b: [payload()] }] })).message).toContain('(at /b/0)');
  });

  it('is looked for in data that holds itself, too', () => {
    const data: Record<string, unknown> = {};
    data['self'] = data;
    expect(() => set('/a', data)).not.toThrow();
  });
});

it('the type of a rule is that of its operator, or as stated', () => {
  const typed = defineSlice({
    name: 'typed',
    initialState: { best: 0, name: '', isDone: false, tags: [] as string[] },
    reducers: {
      all: [
        set('/best', rule({ max: [{ var: 'state.best' }, 1] })),
        set('/name', rule({ cat: ['a', { var: 'payload' }] })),
        set('/isDone', rule({ in: ['a', { var: 'state.tags' }] })),
        set('/tags', rule({ filter: [{ var: 'state.tags' }, { '!==': [{ var: '' }, 'a'] }] })),
        set('/best', rule<number>({ reduce: [[1], { var: 'current' }, 0] })),
        push('/tags', rule({ if: [{ var: 'payload.on' }, 'a', 'b'] })),
      ],
      wrong: [
        // @ts-expect-error a number is no text
        set('/name', rule({ max: [1, 2] })),
        // @ts-expect-error a text is no number
        set('/best', rule<string>({ reduce: [[1], { var: 'current' }, 0] })),
      ],
    },
  });
  expectTypeOf(typed.actions.all).parameters.toEqualTypeOf<[payload?: unknown]>();
  // @ts-expect-error no such operator
  expect(() => rule({ mxa: [1, 2] })).toThrow();
});
