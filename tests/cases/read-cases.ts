import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The cases of one file, as pairs of name and case for `it.each`. The formats: cases_test.cpp. */
export function readCases<Case extends { name: string }>(file: string): [string, Case][] {
  return readCaseFile<Case[]>(file).map((one) => [one.name, one]);
}

/** A file of cases as it stands. */
export function readCaseFile<Content>(file: string): Content {
  return JSON.parse(readFileSync(join(import.meta.dirname, file), 'utf8')) as Content;
}
