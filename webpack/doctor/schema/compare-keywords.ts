import { isDeepStrictEqual } from 'node:util';
import {
  isIntegral,
  refers,
  typesOf,
  type Schema,
  type SchemaObject,
  type Type,
} from './schema.js';
import { breaks, FITS, unknown, worst, type Verdict } from './verdict.js';

/** What is sent and what is received, both without references and choices, and where in the payload. */
export interface Both {
  readonly sent: SchemaObject;
  readonly received: SchemaObject;
  readonly at: string;
  readonly assertFormats: boolean;
}

type Compare = (sent: Schema, received: Schema, at: string) => Verdict;
type Check = (both: Both, compare: Compare) => Verdict;

/** Whether what is sent keeps to one keyword of what is received. */
export function compareKeyword(keyword: string, both: Both, compare: Compare): Verdict {
  const { type, check } = CHECKS[keyword] ?? { check: sameText(keyword) };
  if (keyword === 'uniqueItems' && both.received[keyword] === false) return FITS;
  if (type !== undefined && !typesOf(both.sent).includes(type)) return FITS;
  return check(both, compare);
}

const checkType: Check = ({ sent, received, at }) => {
  const allowed = typesOf({ type: received['type'] });
  const others = typesOf(sent).filter((type) => !allowed.includes(type));
  if (others.length > 0) return breaks(at, `may be ${others.join(' or ')}, which is not taken`);
  const needsWhole = isIntegral({ type: received['type'] }) && typesOf(sent).includes('number');
  return needsWhole && !isIntegral(sent) ? breaks(at, 'may be a number that is not whole') : FITS;
};

const checkEnum: Check = (both) => checkChoices(both, both.received['enum'] as unknown[]);
const checkConst: Check = (both) => checkChoices(both, [both.received['const']]);

function checkChoices({ sent, at }: Both, allowed: readonly unknown[]): Verdict {
  const choices = choicesOf(sent);
  if (choices === undefined) return breaks(at, 'may be more than the values that are taken');
  const other = choices.find((each) => !allowed.some((one) => isDeepStrictEqual(one, each)));
  return other === undefined
    ? FITS
    : breaks(at, `may be ${JSON.stringify(other)}, which is not taken`);
}

function choicesOf(schema: SchemaObject): readonly unknown[] | undefined {
  if (Array.isArray(schema['enum'])) return schema['enum'];
  return 'const' in schema ? [schema['const']] : undefined;
}

const checkRequired: Check = ({ sent, received, at }) => {
  const given = (sent['required'] ?? []) as readonly string[];
  const lacking = (received['required'] as readonly string[]).filter(
    (name) => !given.includes(name),
  );
  const [name] = lacking;
  if (name === undefined) return FITS;
  return whereChosen(sent, at, breaks(pointer(at, name), 'is required, and may be left out'));
};

const checkProperties: Check = ({ sent, received, at }, compare) => {
  const wanted = received['properties'] as Readonly<Record<string, Schema>>;
  return worst(
    Object.entries(wanted).map(([name, schema]) => {
      return compare(propertyOf(sent, name), schema, pointer(at, name));
    }),
  );
};

/** What a schema says of a property; patterns are not looked into. */
function propertyOf(schema: SchemaObject, name: string): Schema {
  const properties = (schema['properties'] ?? {}) as Readonly<Record<string, Schema>>;
  if (Object.hasOwn(properties, name)) return properties[name]!;
  if (schema['patternProperties'] !== undefined) return true;
  return (schema['additionalProperties'] ?? true) as Schema;
}

const checkAdditional: Check = ({ sent, received, at }, compare) => {
  const known = (received['properties'] ?? {}) as object;
  const wanted = received['additionalProperties'] as Schema;
  if (sent['patternProperties'] !== undefined || received['patternProperties'] !== undefined) {
    return unknown(at, 'patternProperties');
  }
  const own = Object.keys((sent['properties'] ?? {}) as object);
  const added = own.filter((name) => !Object.hasOwn(known, name));
  return worst([
    ...added.map((name) => compare(propertyOf(sent, name), wanted, pointer(at, name))),
    compare((sent['additionalProperties'] ?? true) as Schema, wanted, pointer(at, '*')),
  ]);
};

const checkItems: Check = ({ sent, received, at }, compare) => {
  if (sent['prefixItems'] !== undefined || received['prefixItems'] !== undefined) {
    return unknown(at, 'prefixItems');
  }
  return compare((sent['items'] ?? true) as Schema, received['items'] as Schema, pointer(at, '*'));
};

/** Bounds that count something: `minLength` and its like. */
const checkCount =
  (keyword: string): Check =>
  ({ sent, received, at }) => {
    const bound = received[keyword] as number;
    const own = sent[keyword] as number | undefined;
    const isMost = keyword.startsWith('max');
    if (!isMost && bound === 0) return FITS;
    const keeps = own !== undefined && (isMost ? own <= bound : own >= bound);
    return keeps
      ? FITS
      : whereChosen(sent, at, breaks(at, `${keyword} is ${bound}, and more is sent`));
  };

/** `minimum`, `maximum` and the exclusive ones: the sender's tightest bound decides. */
const checkRange =
  (keyword: string): Check =>
  ({ sent, received, at }) => {
    const bound = received[keyword] as number;
    const isLower = keyword.toLowerCase().endsWith('minimum');
    const isExclusive = keyword.startsWith('exclusive');
    const [inclusive, exclusive] = isLower
      ? [sent['minimum'], sent['exclusiveMinimum']]
      : [sent['maximum'], sent['exclusiveMaximum']];
    const distance = (own: unknown) =>
      isLower ? (own as number) - bound : bound - (own as number);
    const byInclusive =
      inclusive !== undefined && (isExclusive ? distance(inclusive) > 0 : distance(inclusive) >= 0);
    const byExclusive = exclusive !== undefined && distance(exclusive) >= 0;
    if (byInclusive || byExclusive) return FITS;
    return whereChosen(sent, at, breaks(at, `${keyword} is ${bound}, and more is sent`));
  };

const checkMultiple: Check = ({ sent, received, at }) => {
  const wanted = received['multipleOf'] as number;
  const own = sent['multipleOf'];
  if (own === wanted || (wanted === 1 && isIntegral(sent))) return FITS;
  return unknown(at, `multipleOf ${wanted}`);
};

/** An annotation, unless the receiver asserts it. */
const checkFormat: Check = (both, compare) => {
  return both.assertFormats ? sameText('format')(both, compare) : FITS;
};

/** For keywords whose meaning is not compared: the sender has to say the very same. */
function sameText(keyword: string): Check {
  return ({ sent, received, at }) => {
    const isSame =
      isDeepStrictEqual(sent[keyword], received[keyword]) && !refers(received[keyword]);
    return isSame && INDEPENDENT.has(keyword) ? FITS : unknown(at, keyword);
  };
}

/** Mean the same whatever stands beside them. */
const INDEPENDENT = new Set([
  ...['not', 'oneOf', 'pattern', 'format', 'propertyNames', 'dependentRequired', 'uniqueItems'],
  ...['dependentSchemas', 'patternProperties'],
]);

/** Listed values may keep to a bound without saying so. */
function whereChosen(sent: SchemaObject, at: string, verdict: Verdict): Verdict {
  return choicesOf(sent) === undefined ? verdict : unknown(at, 'what the listed values are');
}

const of = (type: Type, check: Check) => ({ type, check });

const CHECKS: Readonly<Record<string, { type?: Type; check: Check }>> = {
  type: { check: checkType },
  enum: { check: checkEnum },
  const: { check: checkConst },
  required: of('object', checkRequired),
  properties: of('object', checkProperties),
  additionalProperties: of('object', checkAdditional),
  patternProperties: of('object', sameText('patternProperties')),
  propertyNames: of('object', sameText('propertyNames')),
  minProperties: of('object', checkCount('minProperties')),
  maxProperties: of('object', checkCount('maxProperties')),
  items: of('array', checkItems),
  minItems: of('array', checkCount('minItems')),
  maxItems: of('array', checkCount('maxItems')),
  uniqueItems: of('array', sameText('uniqueItems')),
  minLength: of('string', checkCount('minLength')),
  maxLength: of('string', checkCount('maxLength')),
  pattern: of('string', sameText('pattern')),
  format: { check: checkFormat },
  minimum: of('number', checkRange('minimum')),
  maximum: of('number', checkRange('maximum')),
  exclusiveMinimum: of('number', checkRange('exclusiveMinimum')),
  exclusiveMaximum: of('number', checkRange('exclusiveMaximum')),
  multipleOf: of('number', checkMultiple),
};

function pointer(at: string, name: string): string {
  return `${at}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
}
