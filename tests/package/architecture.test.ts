import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { layers } from '../../tools/layer-rules.mjs';
import { root } from './examples.js';

const textOf = (name: string) => readFileSync(join(root, name), 'utf8');

/** The folders of the project, without those that are built or installed. */
const folders = readdirSync(root, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && !/^(build|dist|node_modules|\.git)$/.test(entry.name))
  .map(({ name }) => name);

const sourceFile = /\.(ts|tsx|js|mjs|h|cpp|json|cmake|md)$/;

/** Whether a word in code names a file or a folder of the project, be it there or not. */
function isPath(word: string): boolean {
  if (!/^[\w.*-]+(\/[\w.*-]+)*\/?$/.test(word) || /^(build|dist|node_modules)\//.test(word)) {
    return false;
  }
  return word.includes('/')
    ? folders.includes(word.split('/')[0]!) || sourceFile.test(word)
    : /^[\w-]+\.(md|json|js|txt)$/i.test(word);
}

/** The words of all code in a text of Markdown: between backticks, and in blocks of commands. */
function wordsOf(text: string): string[] {
  const blocks = [...text.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].map(([, body]) => body!);
  const prose = text.replaceAll(/^```[\s\S]*?^```$/gm, '');
  const inline = [...prose.matchAll(/`([^`]+)`/g)].map(([, code]) => code!);
  return [...blocks, ...inline].flatMap((code) => code.split(/\s+/));
}

/** `*` stands for any part of a name. */
function exists(path: string): boolean {
  if (!path.includes('*')) return existsSync(join(root, path));
  const name = new RegExp(`^${basename(path).replaceAll('.', '\\.').replaceAll('*', '.*')}$`);
  const folder = join(root, dirname(path));
  return existsSync(folder) && readdirSync(folder).some((each) => name.test(each));
}

describe.each(['docs/ARCHITECTURE.md', 'CONTRIBUTING.md'])('every path is there in %s', (name) => {
  const paths = [...new Set(wordsOf(textOf(name)).filter(isPath))];

  it('of which it names many', () => {
    expect(paths.length).toBeGreaterThan(20);
  });

  it.each(paths)('%s', (path) => {
    expect(exists(path)).toBe(true);
  });
});

it.each([
  ['`web/api/no-such.ts`', ['web/api/no-such.ts']],
  [
    '`no-such/folder.ts` and `src/reducer/no_such_*.cpp`',
    ['no-such/folder.ts', 'src/reducer/no_such_*.cpp'],
  ],
  ['```sh\nnpx vitest run tests/no-such.test.ts\n```', ['tests/no-such.test.ts']],
  ['`NO-SUCH.md`', ['NO-SUCH.md']],
])('a path that is not there is found in %s', (text, expected) => {
  const missing = wordsOf(text).filter((word) => isPath(word) && !exists(word));
  expect(missing).toEqual(expected);
});

it('what is no path is none', () => {
  const text =
    '`isthmus/redux`, `cart/addItem`, `build/reports`, `dispatch`, `npm test`, `/items/0`';
  expect(wordsOf(text).filter(isPath)).toEqual([]);
});

it('the table of layers is the rule that is checked', () => {
  const section = /^## Layers and folders$([\s\S]*?)^## /m.exec(
    textOf('docs/ARCHITECTURE.md'),
  )![1]!;
  const rows = [...section.matchAll(/^\| `([^`]+)` \|.*\|([^|]*)\|$/gm)];
  const told = rows.map(([, layer, below]) => [layer, below!.match(/[^`, ]+/g) ?? []]);
  expect(Object.fromEntries(told)).toEqual(layers);
});

it.each(['dispatch', 'inbound', 'define'])('the trip %s names each file once', (trip) => {
  const list = new RegExp(`<!-- trip: ${trip} -->([\\s\\S]*?)<!-- /trip -->`);
  const files = list.exec(textOf('docs/ARCHITECTURE.md'))![1]!.match(/(?<=`)web\/[^`]+\.ts(?=`)/g)!;
  expect(files.length).toBeGreaterThan(5);
  expect(new Set(files).size).toBe(files.length);
});

it('the table of inbound checks has every drop reason of the engine', () => {
  const table = /^\| check \| reason \|\n([\s\S]*?)\n\n/m.exec(textOf('docs/ARCHITECTURE.md'))![1]!;
  const reasons = table
    .split('\n')
    .flatMap((row) => row.split('|')[2]!.match(/[a-z-]+(?=`)/g) ?? []);
  const known = textOf('src/bridge/drop_reason.h').matchAll(/ X\(\w+, "([a-z-]+)"\)/g);
  const told = new Set(reasons.filter((reason) => reason !== 'limited'));
  expect([...told].sort()).toEqual([...known].map(([, reason]) => reason).sort());
});
