import path from 'node:path';
import ts from 'typescript';
import ts54 from 'typescript-5.4';
import ts55 from 'typescript-5.5';
import ts56 from 'typescript-5.6';
import { describe, expect, it } from 'vitest';

const folder = path.join(import.meta.dirname, 'declarations');
const compilers = [ts54, ts55, ts56, ts] as unknown as (typeof ts)[];

/** A way of finding modules, the kind of module that goes with it, and what is compiled. */
type Resolution = readonly [
  how: 'Node10' | 'Bundler' | 'Node16',
  kind: 'ESNext' | 'Node16',
  files: readonly string[],
];
const resolutions: readonly Resolution[] = [
  ['Node10', 'ESNext', ['app.ts']],
  ['Bundler', 'ESNext', ['app.ts']],
  ['Node16', 'Node16', ['app.ts', 'common.cts']],
];

/** What the compiler says of the files and of every declaration that they lead to. */
function problemsOf(compiler: typeof ts, [how, kind, files]: Resolution): string[] {
  const program = compiler.createProgram(
    files.map((file) => path.join(folder, file)),
    {
      target: compiler.ScriptTarget.ES2022,
      module: compiler.ModuleKind[kind],
      moduleResolution: compiler.ModuleResolutionKind[how],
      lib: ['lib.es2022.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
      types: [],
      jsx: compiler.JsxEmit.ReactJSX,
      strict: true,
      skipLibCheck: false,
      noEmit: true,
      ...(compiler.version.startsWith('6.') && { ignoreDeprecations: '6.0' }), // of Node10
    },
  );
  return compiler.getPreEmitDiagnostics(program).map(({ file, messageText }) => {
    const text = compiler.flattenDiagnosticMessageText(messageText, '\n');
    return `${path.relative(folder, file?.fileName ?? '')}: ${text}`;
  });
}

describe.each(compilers.map((compiler) => [compiler.version, compiler] as const))(
  'TypeScript %s compiles the declarations, without skipLibCheck,',
  (_version, compiler) => {
    it.each(resolutions)('by moduleResolution %s', (...resolution) => {
      expect(problemsOf(compiler, resolution)).toEqual([]);
    });
  },
);
