/** A JSON Schema (draft 2020-12) in the form of plain data. */
export type JsonSchema = boolean | { readonly [keyword: string]: unknown };

/**
 * What may cross the bridge under one action type, and in which shape.
 *
 * @example
 * ```ts
 * import type { Contract } from 'isthmus';
 *
 * const login: Contract = {
 *   from: '*',
 *   to: ['shared'],
 *   schemaVersion: 1,
 *   never: ['/token'],
 *   payload: { type: 'object', required: ['user'], properties: { user: { type: 'object' } } },
 * };
 * ```
 */
export interface Contract {
  /** Names of the stores that may send it; all by default. */
  readonly from?: '*' | readonly string[];
  /** Names of the stores that may receive it; all by default. */
  readonly to?: '*' | readonly string[];
  /** The version of the payload's shape; 1 by default. What no casters carry to it is dropped as `version`. */
  readonly schemaVersion?: number;
  /** Parts of the payload that never leave. What holds one when it arrives is dropped as `secret`. */
  readonly never?: readonly NeverPath[];
  /**
   * What the payload must look like on the wire. Keywords that draft 2020-12 does not know are refused,
   * unless they begin with `x-`.
   */
  readonly payload?: JsonSchema;
  /**
   * Whether `format` in the schema is checked; it is an annotation by default, as the standard says. The
   * formats are `date`, `time`, `date-time`, `duration`, `email`, `hostname`, `ipv4`, `ipv6`, `uri`,
   * `uri-reference`, `uuid`, `json-pointer` and `regex` for strings, `int32`, `int64`, `float` and `double`
   * for numbers. Any other is refused, unless it is declared an annotation:
   * `{ annotations: ['password', 'byte'] }` checks all formats but these.
   */
  readonly assertFormats?: boolean | { readonly annotations: readonly string[] };
  /**
   * By version, steps that make a payload of it one of the next: `{ 1: [...] }` makes 2 of 1. The steps
   * see the payload as their state. A payload that they cannot carry is dropped as `version`.
   */
  readonly upcast?: Casters;
  /** Steps that carry a payload to the version before, as those of `upcast` do to the next: `{ 2: [...] }` makes 1 of 2. */
  readonly downcast?: Casters;
  /** The versions that an action leaves in, under one number; `schemaVersion` alone by default. */
  readonly emit?: readonly number[];
  /**
   * Whether texts may cross that have the form of a JWT, a bearer token, basic credentials, a private key,
   * or a key or token of AWS, GitHub, GitLab, Google, npm, Slack or Stripe; not by default.
   */
  readonly credentials?: 'allow' | 'refuse';
  /** Drops an action as `stale` that is older than the last one of its type, by its sender's clock. */
  readonly lastWins?: boolean;
}

/**
 * A part of a payload that never leaves, as a JSON Pointer: it is taken out, or with `then: 'refuse'`
 * an action that holds it stays at home. In it `*` is every element of an array and every member of an
 * object, so that one path names the `cvc` of all cards. A path much like one of the contract's schema is
 * refused when defined.
 */
export type NeverPath = string | { readonly path: string; readonly then?: 'remove' | 'refuse' };

/** Lists of steps by the schemaVersion of the payloads they take. */
export type Casters = { readonly [version: number]: readonly Step[] };

/** Contracts by action type. */
export type Contracts = { readonly [type: string]: Contract };

/** One contract of {@link describeContracts}, and the apps that defined it. */
export interface ContractDescription {
  /** The name of the store that has it. */
  readonly store: string;
  /** The action type. */
  readonly type: string;
  /** The apps that defined it. */
  readonly owners: readonly string[];
  /** What may cross under this type. */
  readonly contract: Contract;
}

/** Steps of a native reducer in canonical JSON; the builders (`set`, `upsert`, ...) write them. */
/** The name of the step. */
export type Step = { readonly op: string; readonly [field: string]: unknown };
