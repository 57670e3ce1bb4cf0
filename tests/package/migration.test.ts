import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { root } from './examples.js';
import { quotesIn } from './quotes.js';

const folder = join(root, 'docs/migration');
const pages = readdirSync(folder);
const textOf = (name: string) => readFileSync(join(folder, name), 'utf8');

it('every other way has a page, and the README leads to it', () => {
  expect(pages).toEqual(['by-hand.md', 'redux-micro-frontend.md', 'redux-state-sync.md']);
  const readme = readFileSync(join(root, 'README.md'), 'utf8');
  for (const page of pages) expect(readme).toContain(`(docs/migration/${page})`);
});

describe.each(pages)('in docs/migration/%s', (page) => {
  const quotes = quotesIn(`docs/migration/${page}`);

  it('code is shown before and after', () => {
    const files = quotes.map(({ file }) => file ?? '');
    for (const side of ['/before/', '/after/'])
      expect(files.some((file) => file.includes(side))).toBe(true);
    expect(textOf(page).split('```ts').length - 1).toBe(quotes.length);
  });

  it.each(quotes)('the code of $file is that of the file, whose tests run', ({ file, code }) => {
    expect(file).toMatch(/^tests\/matrix\/migration\//);
    expect(code).toBe(readFileSync(join(root, file!), 'utf8'));
  });

  it('the folder of tests that it names is there', () => {
    const [tests] = /tests\/matrix\/migration\/[\w-]+/.exec(textOf(page))!;
    expect(existsSync(join(root, tests, 'behaviour.test.ts'))).toBe(true);
  });
});

it('Redux 4, React 16 and Redux Toolkit 1.9 are allowed, as tests/matrix/redux-4 has them', () => {
  const { redux, react, '@reduxjs/toolkit': toolkit } = manifest.peerDependencies;
  expect({ redux, react, toolkit }).toEqual({
    redux: '^4.2.0 || ^5.0.0',
    react: '>=16',
    toolkit: '>=1.9',
  });
});
