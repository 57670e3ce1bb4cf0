import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The cases of one file, as pairs of name and case for `it.each`. The formats: cases_test.cpp. */
export function readCases<Case extends { name: string }>(file: string): [string, Case][] {
  const cases = JSON.parse(readFileSync(join(import.meta.dirname, file), 'utf8')) as Case[];
  return cases.map((one) => [one.name, one]);
}
