import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

import { root } from '../../package/examples.js';

const folder = join(root, 'tests/example-app');
const textOf = (file: string) => readFileSync(join(folder, file), 'utf8');

it('only the store files of the example app know of Isthmus', () => {
  const files = readdirSync(folder);
  expect(files.filter((file) => /'isthmus/.test(textOf(file)))).toEqual([
    'store-isthmus.ts',
    'store-native.ts',
  ]);
  expect(files.length).toBeGreaterThan(7);
});

it('with native() around its slices nothing else changes', () => {
  const [isthmus, native] = ['store-isthmus.ts', 'store-native.ts'].map(textOf);
  const without = native!
    .replace("import { native } from 'isthmus';\n", '')
    .replaceAll(/native\((\w+)\)/g, '$1');
  expect(without).toBe(isthmus);
});

it('its two store files differ in the import, the middleware and the enhancer', () => {
  const [redux, isthmus] = ['store-redux.ts', 'store-isthmus.ts'].map((file) =>
    textOf(file).replaceAll(/\s+/g, ' '),
  );
  const added = [
    "import { isthmusEnhancer, isthmusMiddleware } from 'isthmus/redux'; ",
    ' .concat(isthmusMiddleware)',
    " enhancers: (defaults) => defaults().prepend(isthmusEnhancer({ app: 'todos' })),",
  ];
  const withoutSpaces = (text: string) => text.replaceAll(' ', '');
  const without = added.reduce((text, part) => text.replace(part, ''), isthmus!);
  expect(withoutSpaces(without)).toBe(withoutSpaces(redux!));
});
