import path from 'node:path';
import ts from 'typescript';
import { expect, it } from 'vitest';

/** What the compiler says of a file of declarations/, by the types of Redux 4. */
function problemsOf(file: string, skipLibCheck: boolean): string[] {
  const program = ts.createProgram([path.join(import.meta.dirname, 'declarations', file)], {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    lib: ['lib.es2022.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
    types: [],
    strict: true,
    skipLibCheck,
    noEmit: true,
  });
  return ts.getPreEmitDiagnostics(program).map(({ file, messageText }) => {
    const name = file?.fileName.split('/types/').at(-1);
    return `${name}: ${ts.flattenDiagnosticMessageText(messageText, '\n').split('\n')[0]}`;
  });
}

it.each([true, false])(
  'an app that joins the shared store compiles, with skipLibCheck %s',
  (skips) => {
    expect(problemsOf('shared.ts', skips)).toEqual([]);
  },
);

it('so does one with isthmusEnhancer around createStore, but needs skipLibCheck', () => {
  expect(problemsOf('joined.ts', true)).toEqual([]);
  const problems = problemsOf('joined.ts', false);
  expect(problems.length).toBeGreaterThan(0);
  for (const problem of problems)
    expect(problem).toMatch(/^web\/redux\/.*Generic type '(Store|Reducer)/);
});
