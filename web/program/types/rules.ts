import type { iterators, operators } from '../operators.js';

type Operator = keyof typeof operators | keyof typeof iterators | 'var' | 'literal' | 'object';

/** A rule as `rule` takes it: one operation, or a list of rules. */
export type JsonLogic =
  { [Name in Operator]: { readonly [Own in Name]: unknown } }[Operator] | readonly unknown[];

/** A rule, of which the type of the result is known; never where it is not. */
export interface Rule<Result> {
  /** The type of the result. */
  readonly rule: Result;
}

type Numeric = '+' | '*' | '-' | '/' | '%' | 'min' | 'max';
type Textual = 'cat' | 'substr';
type Logical = '==' | '!=' | '===' | '!==' | '<' | '<=' | '>' | '>=' | '!' | '!!';
type Test = Logical | 'in' | 'all' | 'some' | 'none';

/** What an operation gives. */
export type RuleResult<Logic> = Logic extends readonly unknown[]
  ? never
  : Logic extends { readonly literal: infer Value }
    ? Value
    : keyof Logic extends Numeric
      ? number
      : keyof Logic extends Textual
        ? string
        : keyof Logic extends Test
          ? boolean
          : never;
