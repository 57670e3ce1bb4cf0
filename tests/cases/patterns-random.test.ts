// Small patterns by the ten thousands, against a JavaScript engine's own regular expressions: all of up
// to three pieces, and longer ones drawn from the pieces at random.

import { loadEngine, type Contract } from 'isthmus';
import { describe, expect, it } from 'vitest';
import { openCaseBridge } from './case-bridge.js';
import { schemaVerdicts } from './schema-verdicts.js';

await loadEngine();

const PIECES = [
  ...[
    'a',
    'b',
    '1',
    '-',
    '.',
    '^',
    '$',
    '|',
    '(',
    ')',
    '(?:',
    '(?=',
    '(?!',
    '(?<=',
    '(?<a>',
    '(?<b>',
  ],
  ...['*', '+', '?', '{2}', '{1,}', '{0,1}', '{2,1}', '{', '}', '[', ']', '[^', '[a-b]', ','],
  ...[
    '\\1',
    '\\2',
    '\\10',
    '\\k<a>',
    '\\k<b>',
    '\\k',
    '\\0',
    '\\d',
    '\\W',
    '\\b',
    '\\B',
    '\\-',
    '\\a',
  ],
  ...[
    '\\u0061',
    '\\u{61}',
    '\\u{',
    '\\x61',
    '\\x6',
    '\\cA',
    '\\c',
    '\\',
    '/',
    '\\/',
    '<',
    '>',
    ' ',
  ],
  ...['\\p{Lu}', '\\P{gc=L}', '\\p{Foo}', '\\p{gc=Any}', '\\p{Alpha}', '\\p{', '\\p', 'é', '😀'],
];
const TEXTS = [
  '',
  'a',
  'b',
  'A',
  'ab',
  'ba',
  'aa',
  'a1',
  '-',
  'a-b',
  ' ',
  'é',
  '😀',
  '1a',
  '\\',
  '{',
];

/** Numbers below `below`, the same in every run. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

function exhaustive(length: number): string[] {
  if (length === 0) return [''];
  return exhaustive(length - 1).flatMap((start) => PIECES.map((piece) => start + piece));
}

function drawn(count: number): string[] {
  const next = numbers(14);
  const one = () =>
    Array.from({ length: 4 + next(5) }, () => PIECES[next(PIECES.length)]!).join('');
  return Array.from({ length: count }, one);
}

function expressionOf(pattern: string): RegExp | undefined {
  try {
    return new RegExp(pattern, 'u');
  } catch {
    return undefined;
  }
}

/** Those of `patterns` for which the schema does not hold. */
function failing(payload: Contract['payload'] & {}, patterns: readonly string[]): string[] {
  if (patterns.length === 0) return [];
  const contract: Contract = { payload, assertFormats: true, credentials: 'allow' };
  const batches = Array.from({ length: Math.ceil(patterns.length / 500) }, (_, i) => ({
    data: patterns.slice(i * 500, (i + 1) * 500),
  }));
  const wrong = batches.filter(
    ({ data }) => schemaVerdicts(contract, [{ data }])[0] !== 'accepted',
  );
  return wrong.flatMap(({ data }) =>
    data.length === 1
      ? data
      : data.filter((one) => schemaVerdicts(contract, [{ data: [one] }])[0] !== 'accepted'),
  );
}

const all = [...exhaustive(1), ...exhaustive(2), ...exhaustive(3), ...drawn(100_000)];
const regular = all.filter((pattern) => expressionOf(pattern) !== undefined);
const wrong = all.filter((pattern) => expressionOf(pattern) === undefined);

describe('the format `regex`', () => {
  it('takes every regular expression', () => {
    expect(regular.length).toBeGreaterThan(10_000);
    expect(failing({ items: { format: 'regex' } }, regular)).toEqual([]);
  });

  it('takes nothing that is none', () => {
    expect(wrong.length).toBeGreaterThan(10_000);
    expect(failing({ items: { not: { format: 'regex' } } }, wrong)).toEqual([]);
  });
});

type Outcome = 'means the same' | 'means another' | 'not supported' | 'wrong';

/** What becomes of a contract with that pattern. */
function outcome(pattern: string): Outcome {
  const expression = expressionOf(pattern);
  const matching = TEXTS.filter((text) => expression?.test(text));
  const others = TEXTS.filter((text) => !matching.includes(text));
  const payload = { prefixItems: [{ items: { pattern } }, { items: { not: { pattern } } }] };
  try {
    const [verdict] = schemaVerdicts({ payload }, [{ data: [matching, others] }]);
    return verdict === 'accepted' ? 'means the same' : 'means another';
  } catch (error) {
    const unsupported = /not supported|supported only|too large|too many|too long|too deep/;
    return unsupported.test((error as Error).message) ? 'not supported' : 'wrong';
  }
}

/** Every `step`th of them, since each takes a store. */
const some = (patterns: readonly string[], step: number) =>
  patterns.filter((_, index) => index % step === 0);

describe('a contract with a `pattern`', () => {
  it('that is regular means by it what JavaScript does, or is refused as not supported', () => {
    const patterns = some(regular, 25);
    const different = patterns.filter((pattern) =>
      /^(?:means another|wrong)$/.test(outcome(pattern)),
    );
    expect(different).toEqual([]);
  });

  it('that is not regular is refused as wrong, or as not supported', () => {
    const taken = some(wrong, 50).filter((pattern) => outcome(pattern).startsWith('means'));
    expect(taken).toEqual([]);
  });

  it.each(['\\k<a>', '\\1', '(a)\\2', '(?<a>b)\\k<c>', '(?<a>b)(?<a>c)', '\\p{Foo}'])(
    'like %s is refused',
    (pattern) => {
      const open = () => openCaseBridge('x', { case: { payload: { pattern } } }, 'e'.repeat(32));
      const error = { code: 'invalid-definition', where: '/payload/pattern' };
      expect(open).toThrow(expect.objectContaining(error));
    },
  );
});
