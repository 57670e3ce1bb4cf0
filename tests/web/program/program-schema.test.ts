import { readFileSync } from 'node:fs';
import { Ajv, type AnySchema } from 'ajv';
import { defineSlice, loadEngine } from 'isthmus';
import { describe, expect, it } from 'vitest';
import { readCases } from '../../cases/read-cases.js';

await loadEngine();

interface ProgramCase {
  name: string;
  initialState: unknown;
  reducers: object;
  index?: object;
  refused?: string;
}

interface ExpressionCase {
  name: string;
  rule: unknown;
  refused?: string;
}

const file = new URL('../../../dist/program.schema.json', import.meta.url);
const schema = JSON.parse(readFileSync(file, 'utf8')) as AnySchema;
const accepts = new Ajv({ allErrors: true, strict: true, strictTypes: false, strictTuples: false })
  .addSchema(schema, 'program')
  .getSchema('program')!;

/** A program with one step in it, and what is said of it. */
const withStep = (step: unknown) => ({ name: 'n', initialState: {}, reducers: { go: [step] } });
const withRule = (rule: unknown) => withStep({ op: 'set', path: '', value: rule });

const programs = [
  ...readCases<ProgramCase>('programs.json'),
  ...readCases<ProgramCase>('entities.json'),
];
const programOf = ({ name, initialState, reducers, index }: ProgramCase) => ({
  ...{ name, initialState, reducers },
  ...(index && { index }),
});

describe('program.schema.json accepts', () => {
  const sound = programs.filter(([, { refused }]) => refused === undefined);
  it.each(sound)('the program: %s', (_name, example) => {
    accepts(programOf(example));
    expect(accepts.errors).toBeNull();
  });

  const rules = readCases<ExpressionCase>('expressions.json');
  it.each(rules.filter(([, { refused }]) => refused === undefined))(
    'the rule: %s',
    (_name, one) => {
      accepts(withRule(one.rule));
      expect(accepts.errors).toBeNull();
    },
  );

  it('a file that names its schema, and what else defineSlice takes', () => {
    const program = {
      $schema: './node_modules/isthmus/dist/program.schema.json',
      name: 'cart',
      schemaVersion: 2,
      initialState: null,
      reducers: {},
      on: { 'auth/logout': [{ op: 'reset' }] },
      index: { '/items': ['sku'] },
      contract: { 'cart/add': { from: '*' } },
    };
    accepts(program);
    expect(accepts.errors).toBeNull();
  });
});

const malformed: [what: string, program: unknown][] = [
  ['no object', []],
  ['no name', { initialState: 0, reducers: {} }],
  ['an empty name', { name: '', initialState: 0, reducers: {} }],
  ['no initial state', { name: 'n', reducers: {} }],
  ['reducers in a list', { name: 'n', initialState: 0, reducers: [[]] }],
  ['a reducer that is no list', { name: 'n', initialState: 0, reducers: { go: { op: 'reset' } } }],
  [
    'a malformed step in on',
    { name: 'n', initialState: 0, reducers: {}, on: { a: [{ op: 'x' }] } },
  ],
  ['a step that is no object', withStep('reset')],
  ['a step without op', withStep({ path: '/a' })],
  ['a step that does not exist', withStep({ op: 'explode' })],
  ['a step that an object inherits', withStep({ op: 'constructor' })],
  ['set without a path', withStep({ op: 'set', value: 1 })],
  ['set without a value', withStep({ op: 'set', path: '/a' })],
  ['a field of another step', withStep({ op: 'set', path: '/a', value: 1, onMatch: [] })],
  ['unset with a value', withStep({ op: 'unset', path: '/a', value: 1 })],
  ['removeWhere without where', withStep({ op: 'removeWhere', path: '/a' })],
  ['updateWhere without onMatch', withStep({ op: 'updateWhere', path: '/a', where: true })],
  ['upsert without by', withStep({ op: 'upsert', path: '/a', value: 1 })],
  ['upsert by an index', withStep({ op: 'upsert', path: '/a', by: 1, value: 1 })],
  [
    'a malformed step in onMatch',
    withStep({ op: 'upsert', path: '', by: 'a', value: 1, onMatch: [{}] }),
  ],
  ['if without then', withStep({ op: 'if', test: true })],
  ['a malformed step in then', withStep({ op: 'if', test: true, then: [{ op: 'inc' }] })],
  ['a malformed step in else', withStep({ op: 'if', test: true, then: [], else: [{ op: 'inc' }] })],
  ['a path without a slash', withStep({ op: 'unset', path: 'a' })],
  ['a path with a wrong escape', withStep({ op: 'unset', path: '/a~2' })],
  ['a path that is a number', withStep({ op: 'unset', path: 1 })],
  ['a token of two operators that do not exist', withStep({ op: 'unset', path: [{ nope: 1 }] })],
  ['a var inside a literal path', withStep({ op: 'unset', path: [{ var: 'x' }] })],
  ['setAll without a path', withStep({ op: 'setAll' })],
  ['addOne by a key', withStep({ op: 'addOne', path: '', by: 'id' })],
  ['updateOne with where', withStep({ op: 'updateOne', path: '', where: true })],
  ['setMany with onMatch', withStep({ op: 'setMany', path: '', onMatch: [] })],
  ['removeAll with a value', withStep({ op: 'removeAll', path: '', value: [] })],
  ['removeOne with a selectId of an index', withStep({ op: 'removeOne', path: '', selectId: 0 })],
  ['upsertMany with where', withStep({ op: 'upsertMany', path: '', where: true })],
  ['a malformed step in upsertOne', withStep({ op: 'upsertOne', path: '', onMatch: [{}] })],
  ['updateMany with onMatch alone', withStep({ op: 'updateMany', path: '', onMatch: [] })],
  [
    'updateMany with where, onMatch and value',
    withStep({ op: 'updateMany', path: '', where: true, onMatch: [], value: 1 }),
  ],
  ['removeMany with where and value', withStep({ op: 'removeMany', path: '', where: 1, value: 1 })],
  ['sortBy a number', withStep({ op: 'addMany', path: '', sortBy: 1 })],
  ['sortBy a list with a number', withStep({ op: 'addMany', path: '', sortBy: ['a', 1] })],
  ['a list of indices', { name: 'n', initialState: 0, reducers: {}, index: ['/items'] }],
  ['an index of one name', { name: 'n', initialState: 0, reducers: {}, index: { '/a': 'b' } }],
  ['an index of a number', { name: 'n', initialState: 0, reducers: {}, index: { '/a': [1] } }],
  ['an index of no pointer', { name: 'n', initialState: 0, reducers: {}, index: { a: ['b'] } }],
  ['a malformed test', withStep({ op: 'if', test: { '==': [1] }, then: [] })],
];

const refusedPrograms = programs.filter(([, one]) => one.refused !== undefined);
const refusedRules = readCases<ExpressionCase>('expressions.json').filter(([, one]) => one.refused);

describe('program.schema.json refuses, as the engine does,', () => {
  const define = (program: unknown) => () => defineSlice(program as never);

  it.each(malformed)('%s', (_what, program) => {
    expect(accepts(program)).toBe(false);
    expect(define(program)).toThrow();
  });

  it.each(refusedPrograms)('the program: %s', (_name, example) => {
    expect(accepts(programOf(example))).toBe(false);
    expect(define(programOf(example))).toThrow();
  });

  it.each(refusedRules)('where %s', (_name, { rule }) => {
    expect(accepts(withRule(rule))).toBe(false);
    expect(define(withRule(rule))).toThrow();
  });
});

describe('program.schema.json refuses what the engine cannot see:', () => {
  it.each([
    ['a member that does not exist', { name: 'n', initialState: 0, reducer: {}, reducers: {} }],
    ['an index that no array has', withStep({ op: 'unset', path: [-1] })],
    ['an index between two', withStep({ op: 'unset', path: [1.5] })],
  ])('%s', (_what, program) => {
    expect(accepts(program)).toBe(false);
  });
});
