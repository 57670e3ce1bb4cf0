import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const use = `
  await isthmus.loadEngine();
  const slice = isthmus.defineSlice({ name: 'a', initialState: 42, reducers: {} });
  console.log(isthmus.createIsolatedStore({ name: 'common', slices: [slice] }).read(['a']));
`;

it.each([
  ['import()', `import('isthmus').then(async (isthmus) => {${use}});`],
  ['require, from Node 20.19 on', `(async (isthmus) => {${use}})(require('isthmus'));`],
])('a CommonJS module of Node gets the package by %s', async (_how, code) => {
  const args = ['--input-type=commonjs', '--eval', code];
  const { stdout } = await promisify(execFile)(process.execPath, args, {
    cwd: import.meta.dirname,
  });
  expect(stdout).toBe('42\n');
});
