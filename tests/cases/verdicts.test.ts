import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { INBOUND, OUTBOUND, PARKED, PAYLOAD } from '../../web/engine/verdicts.js';

const header = readFileSync(new URL('../../bindings/crossing/verdicts.h', import.meta.url), 'utf8');

/** The names of an enum of bindings/crossing/verdicts.h, in order and as TypeScript writes them. */
function namesOf(verdicts: string): string[] {
  const body = new RegExp(`enum class ${verdicts} : Outcome \\{([^}]*)\\}`).exec(header)![1]!;
  const names = body.replaceAll(/\/\/.*/g, '').match(/\w+/g)!;
  return names.map((name) => name[0]!.toLowerCase() + name.slice(1));
}

it.each([
  ['OutboundVerdict', OUTBOUND],
  ['InboundVerdict', INBOUND],
  ['ParkedVerdict', PARKED],
  ['PayloadVerdict', PAYLOAD],
])('%s has the same names and numbers in C++ and in TypeScript', (verdicts, table) => {
  const numbered = namesOf(verdicts).map((name, number) => [name, number]);
  expect(table).toEqual(Object.fromEntries(numbered));
});

it('every verdict of the header is compared', () => {
  expect(header.match(/enum class \w+/g)).toHaveLength(4);
});
