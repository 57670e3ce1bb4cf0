import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { root } from './examples.js';
import { quotesIn } from './quotes.js';

const page = 'docs/FRAMEWORKS.md';
const quotes = quotesIn(page).filter(({ file }) => file !== undefined);

it.each(quotes)(
  'the page shows $file as it is, which the matrix builds and drives',
  ({ file, code }) => {
    expect(file).toMatch(/^examples\//);
    expect(code).toBe(readFileSync(join(root, file!), 'utf8'));
  },
);

it('the page leads to every example, and each is driven', () => {
  const text = readFileSync(join(root, page), 'utf8');
  const specs = readdirSync(join(root, 'tests/matrix/examples'))
    .filter((name) => name.endsWith('.spec.ts'))
    .map((name) => readFileSync(join(root, 'tests/matrix/examples', name), 'utf8'))
    .join('\n');
  for (const name of readdirSync(join(root, 'examples'))) {
    if (name.endsWith('.md')) continue;
    expect(text).toContain(`(../examples/${name})`);
    expect(specs).toContain(`'${name}'`);
  }
  expect(quotes.length).toBeGreaterThan(6);
});

it('the README tells how many lines a counter takes', () => {
  const linesOf = (file: string) => {
    const lines = readFileSync(join(root, 'examples/frameworks', file), 'utf8').split('\n');
    return lines.filter((line) => line.trim() !== '').length;
  };
  const told = readFileSync(join(root, 'README.md'), 'utf8').replaceAll('\n', ' ');
  expect(told).toContain(
    `${linesOf('react/mount.jsx')} lines in React, ${linesOf('vue/Counter.vue')} in Vue, ` +
      `${linesOf('svelte/Counter.svelte')} in Svelte and ${linesOf('angular/mount.ts')} in Angular`,
  );
});
