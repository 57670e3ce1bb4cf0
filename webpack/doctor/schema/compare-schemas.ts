import { isDeepStrictEqual } from 'node:util';
import { compareKeyword, type Both } from './compare-keywords.js';
import {
  assertionsOf,
  refers,
  resolve,
  typesOf,
  type Schema,
  type SchemaObject,
} from './schema.js';
import { breaks, FITS, unknown, worst, type Verdict } from './verdict.js';

/** Whether formats are checked by the receiver, and the documents that references stay within. */
interface Documents {
  readonly sent: Schema;
  readonly received: Schema;
  readonly assertFormats: boolean;
}

/**
 * Whether every payload that is valid for the sender's schema is valid for the receiver's one. What is
 * said to fit does so for sure; where the comparison is not that clever, it says `unknown`.
 */
export function compareSchemas(sent: Schema, received: Schema, assertFormats = false): Verdict {
  if (isDeepStrictEqual(sent, received)) return FITS;
  return new Comparison({ sent, received, assertFormats }).compare(sent, received, '');
}

class Comparison {
  readonly #documents: Documents;
  /** Pairs under comparison: a schema that leads back to itself adds nothing that was not compared. */
  readonly #open: [Schema, Schema][] = [];

  constructor(documents: Documents) {
    this.#documents = documents;
  }

  compare(sent: Schema, received: Schema, at: string): Verdict {
    if (received === true || sent === false) return FITS;
    if (received === false) return breaks(at, 'nothing is allowed here any more');
    if (sent === true) return this.compare({}, received, at);
    if (!refers(sent) && !refers(received) && isDeepStrictEqual(sent, received)) return FITS;
    if (this.#open.some(([a, b]) => a === sent && b === received)) return FITS;
    this.#open.push([sent, received]);
    const verdict = this.#split(sent, received, at);
    this.#open.pop();
    return verdict;
  }

  /** Takes what is sent apart, until it has neither references nor choices. */
  #split(sent: SchemaObject, received: SchemaObject, at: string): Verdict {
    const { $ref, anyOf, oneOf, allOf, ...rest } = sent;
    if ($ref !== undefined) {
      const target = resolve(this.#documents.sent, $ref);
      if (target === undefined) return unknown(at, `the reference ${String($ref)}`);
      return this.#oneIsEnough([target, withoutRef(sent)], received, at);
    }
    const choices = (anyOf ?? oneOf) as readonly Schema[] | undefined;
    if (choices !== undefined) {
      const branches = choices.map((choice) => this.compare(choice, received, at));
      const isPlain = assertionsOf({ ...rest, ...(allOf !== undefined && { allOf }) }).length === 0;
      if (isPlain) return worst(branches);
      return this.#softened([worst(branches), this.compare(rest, received, at)], at);
    }
    if (allOf !== undefined) return this.#oneIsEnough([...(allOf as Schema[]), rest], received, at);
    return this.#accept(sent, received, at);
  }

  /** All of several schemas hold for what is sent, so that one of them may suffice. */
  #oneIsEnough(parts: readonly Schema[], received: SchemaObject, at: string): Verdict {
    const asserting = parts.filter((part) => part !== true && !isEmpty(part));
    const verdicts = asserting.map((part) => this.compare(part, received, at));
    if (asserting.length === 1) return verdicts[0]!;
    return this.#softened(verdicts, at);
  }

  #softened(verdicts: readonly Verdict[], at: string): Verdict {
    if (verdicts.some(({ kind }) => kind === 'fits')) return FITS;
    return unknown(at, 'what several schemas allow together');
  }

  /** What is sent has keywords only; what is received may ask for anything. */
  #accept(sent: SchemaObject, received: SchemaObject, at: string): Verdict {
    const { $ref, anyOf, allOf, ...rest } = received;
    const verdicts: Verdict[] = [];
    if ($ref !== undefined) {
      const target = resolve(this.#documents.received, $ref);
      const reason = unknown(at, `the reference ${String($ref)}`);
      verdicts.push(target === undefined ? reason : this.compare(sent, target, at));
    }
    for (const part of (allOf ?? []) as Schema[]) verdicts.push(this.compare(sent, part, at));
    if (anyOf !== undefined) verdicts.push(this.#acceptAny(sent, anyOf as Schema[], at));
    const both: Both = { sent, received: rest, at, assertFormats: this.#documents.assertFormats };
    for (const [keyword] of assertionsOf(rest)) {
      verdicts.push(compareKeyword(keyword, both, (a, b, where) => this.compare(a, b, where)));
    }
    return worst(verdicts);
  }

  /** Each type of what is sent has to find a choice of its own. */
  #acceptAny(sent: SchemaObject, choices: readonly Schema[], at: string): Verdict {
    const whole = choices.map((choice) => this.compare(sent, choice, at));
    if (whole.some(({ kind }) => kind === 'fits')) return FITS;
    const types = typesOf(sent);
    const isSplit = types.length > 1 && sent['enum'] === undefined;
    if (isSplit) {
      return worst(types.map((type) => this.#acceptAny(narrowed(sent, type), choices, at)));
    }
    if (whole.every(({ kind }) => kind === 'breaks') && choices.length === 1) return whole[0]!;
    return unknown(at, 'no choice of anyOf allows all that may be sent');
  }
}

/** Of the types that a schema allows, one; integers stay integers. */
function narrowed(sent: SchemaObject, type: string): SchemaObject {
  const names = [sent['type']].flat();
  const isInteger = type === 'number' && names.includes('integer') && !names.includes('number');
  return { ...sent, type: isInteger ? 'integer' : type };
}

function withoutRef({ $ref: _, ...rest }: SchemaObject): SchemaObject {
  return rest;
}

function isEmpty(schema: Schema): boolean {
  return typeof schema === 'object' && assertionsOf(schema).length === 0;
}
