import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from './examples.js';

const text = readFileSync(resolve(root, 'docs/ARCHITECTURE.md'), 'utf8');
const script = resolve(root, 'tests/package/visited-files.mjs');
const visited = JSON.parse(
  execFileSync(process.execPath, [script], {
    encoding: 'utf8',
    env: { ...process.env, NODE_ENV: '' },
  }),
) as Record<string, string[]>;

/** The TypeScript files that docs/ARCHITECTURE.md lists for a trip, in its order. */
function listed(trip: string): string[] {
  const list = text.split(`<!-- trip: ${trip} -->`)[1]!.split('<!-- /trip -->')[0]!;
  return [...list.matchAll(/`(web\/[^`]+\.ts)`/g)].map(([, file]) => file!);
}

describe('the files that ARCHITECTURE lists are those that run', () => {
  it.each(['dispatch', 'inbound', 'define'])('in %s', (trip) => {
    expect(listed(trip).sort()).toEqual(visited[trip]);
  });
});

it('a dispatch, and a message until the reducer, pass through twelve files at most', () => {
  expect(listed('dispatch').length).toBeLessThanOrEqual(12);
  const afterReducer = ['web/engine/codec/decoder.ts', 'web/base/listeners.ts'];
  expect(listed('inbound').slice(-2)).toEqual(afterReducer);
  expect(listed('inbound').length - afterReducer.length).toBeLessThanOrEqual(12);
});
