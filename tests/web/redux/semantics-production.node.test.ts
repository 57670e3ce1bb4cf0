import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

interface Outcome {
  error?: string;
  warnings: string[];
}

/** The outcomes of every case, for a module under a NODE_ENV. */
function outcomes(module: string, mode: string): Record<string, Outcome> {
  const args = [join(import.meta.dirname, 'production.mjs'), module];
  const env = { ...process.env, NODE_ENV: mode };
  const printed = execFileSync(process.execPath, args, { env, encoding: 'utf8' });
  const text = printed.replace(/(@@redux\/[A-Z_]+?)[a-z0-9.]+/g, '$1');
  return JSON.parse(text) as Record<string, Outcome>;
}

const production = outcomes('redux', 'production');
const own = outcomes('isthmus/redux', 'production');

describe('isthmus/redux in production', () => {
  it.each(Object.keys(production))('does as Redux with %s', (name) => {
    expect(own[name]).toEqual(production[name]);
  });

  it('never warns', () => {
    expect(Object.values(own).flatMap(({ warnings }) => warnings)).toEqual([]);
  });

  it('has all of Redux’s error codes', () => {
    const texts = Object.values(own).map(({ error }) => error ?? '');
    const codes = texts.flatMap((text) => /Minified Redux error #(\d+);/.exec(text)?.[1] ?? []);
    const all = Array.from({ length: 18 }, (_, i) => i);
    expect([...new Set(codes.map(Number))].sort((a, b) => a - b)).toEqual(all);
  });
});

describe('isthmus/redux in development', () => {
  it('does as Redux with each of these', () => {
    expect(outcomes('isthmus/redux', 'development')).toEqual(outcomes('redux', 'development'));
  });
});
