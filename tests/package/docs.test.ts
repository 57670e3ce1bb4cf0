import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { compile, diagnosticsOf, examplesIn, root } from './examples.js';

const examples = [...examplesIn('web'), ...examplesIn('webpack/plugin')];
const entries = [
  manifest.exports['.'],
  manifest.exports['./inline'],
  manifest.exports['./program'],
  manifest.exports['./react'],
  manifest.exports['./redux'],
  manifest.exports['./storage'],
  manifest.exports['./testing'],
  manifest.exports['./toolkit'],
  manifest.exports['./vite'],
  manifest.exports['./webpack'],
].map(({ types }) => types);
const program = compile(examples, entries);

describe('the example at', () => {
  it.each(examples.map((example, i) => [`${example.file}:${example.line}`, example, i] as const))(
    '%s compiles',
    (_where, example, index) => {
      expect(diagnosticsOf(program, example, index)).toEqual([]);
    },
  );

  it('is told by file and line when it does not compile', () => {
    const code = "import { set } from 'isthmus/program';\n\nset('/a');\n";
    const wrong = [{ file: 'web/a.ts', line: 10, language: 'ts', code }];
    expect(diagnosticsOf(compile(wrong), wrong[0]!, 0)).toEqual([
      expect.stringMatching(/^web\/a\.ts:12: Expected 2 arguments/),
    ]);
  });
});

it("the page about testing shows a test of the package's own", () => {
  const test = 'tests/web/testing/tabs-that-agree.test.ts';
  const textOf = (file: string) => readFileSync(join(root, file), 'utf8');
  const page = textOf('docs/TESTING.md');
  expect(page).toContain(test);
  expect(page.split('```ts\n')[1]).toBe(`${textOf(test)}\`\`\`\n`);
});

/** What is passed on from another package has its documentation there. */
function isOurs(declaration: ts.Declaration): boolean {
  return !declaration.getSourceFile().fileName.includes('/node_modules/');
}

describe('every function, class and constant has an example in', () => {
  it.each(entries)('%s', (entry) => {
    const checker = program.getTypeChecker();
    const module = checker.getSymbolAtLocation(program.getSourceFile(join(root, entry))!)!;
    const values = checker
      .getExportsOfModule(module)
      .filter(({ declarations = [] }) => !declarations.some(ts.isTypeOnlyImportOrExportDeclaration))
      .map((symbol) =>
        symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol,
      )
      .filter(({ flags }) => flags & ts.SymbolFlags.Value)
      .filter(({ declarations = [] }) => declarations.every(isOurs));
    const bare = values.filter(
      (symbol) => !symbol.getJsDocTags(checker).some(({ name }) => name === 'example'),
    );
    expect(values.length).toBeGreaterThan(0);
    expect(bare.map(({ name }) => name)).toEqual([]);
  });
});

/** What an entry exports and the members of all that, each with its documentation. */
function documented(entry: string): [name: string, text: string][] {
  const checker = program.getTypeChecker();
  const module = checker.getSymbolAtLocation(program.getSourceFile(join(root, entry))!)!;
  const textOf = (symbol: ts.Symbol) =>
    ts.displayPartsToString(symbol.getDocumentationComment(checker));
  return checker.getExportsOfModule(module).flatMap((symbol) => {
    const meant = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
    if (!(meant.declarations ?? []).every(isOurs)) return [];
    const members = checker
      .getDeclaredTypeOfSymbol(meant)
      .getProperties()
      .filter(({ declarations = [] }) => declarations.length > 0 && declarations.every(isOurs));
    return [
      [meant.name, textOf(meant)] as [string, string],
      ...members.map((member): [string, string] => [
        `${meant.name}.${member.name}`,
        textOf(member),
      ]),
    ];
  });
}

describe('documentation says what a thing is, and begins with neither "As" nor "Of", in', () => {
  it.each(entries)('%s', (entry) => {
    const all = documented(entry);
    expect(all.length).toBeGreaterThan(0);
    expect(all.filter(([, text]) => /^(As|Of)\b/.test(text))).toEqual([]);
  });
});
