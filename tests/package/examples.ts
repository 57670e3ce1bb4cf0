import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import ts from 'typescript';

export const root = resolve(import.meta.dirname, '../..');

/** A fenced block of a documentation comment. */
export interface Example {
  /** Source file and line of its first line, as an editor takes them. */
  readonly file: string;
  readonly line: number;
  readonly language: string;
  readonly code: string;
}

/** Every `ts` and `tsx` block in the comments of a folder's sources. */
export function examplesIn(folder: string): Example[] {
  const files = readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).sort();
  return files
    .filter((name) => /\.tsx?$/.test(name))
    .flatMap((name) => examplesOf(join(folder, name)));
}

function examplesOf(file: string): Example[] {
  const text = readFileSync(join(root, file), 'utf8');
  const fence = /^[ \t]*\* ```(tsx?)\n([\s\S]*?)^[ \t]*\* ```$/gm;
  return [...text.matchAll(fence)].map(({ index, 1: language = '', 2: body = '' }) => ({
    file,
    line: text.slice(0, index).split('\n').length + 1,
    language,
    code: body.replaceAll(/^[ \t]*\* ?/gm, ''),
  }));
}

const options: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.NodeNext,
  moduleDetection: ts.ModuleDetectionKind.Force,
  lib: ['lib.es2022.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
  types: ['node'],
  jsx: ts.JsxEmit.ReactJSX,
  strict: true,
  noUncheckedIndexedAccess: true,
  skipLibCheck: true,
  noEmit: true,
};

/**
 * The examples as a user's program: each a module at the root of the package, which finds `isthmus` as
 * installed packages do, by the `exports` of package.json.
 */
export function compile(examples: readonly Example[], entries: readonly string[] = []): ts.Program {
  const virtual = new Map(examples.map((example, i) => [nameOf(example, i), example.code]));
  const host = ts.createCompilerHost(options);
  const { fileExists, readFile, getSourceFile } = host;
  host.fileExists = (name) => virtual.has(name) || fileExists(name);
  host.readFile = (name) => virtual.get(name) ?? readFile(name);
  host.getSourceFile = (name, settings, ...rest) => {
    const code = virtual.get(name);
    if (code === undefined) return getSourceFile(name, settings, ...rest);
    return ts.createSourceFile(name, code, settings);
  };
  const names = [...virtual.keys(), ...entries.map((entry) => join(root, entry))];
  return ts.createProgram(names, options, host);
}

/** What the compiler says of one example, each with file and line of the comment. */
export function diagnosticsOf(program: ts.Program, example: Example, index: number): string[] {
  const source = program.getSourceFile(nameOf(example, index));
  return ts.getPreEmitDiagnostics(program, source).map(({ messageText, start = 0 }) => {
    const line = example.line + (source?.getLineAndCharacterOfPosition(start).line ?? 0);
    return `${example.file}:${line}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`;
  });
}

function nameOf({ file, line, language }: Example, index: number): string {
  const name = `example-${index}-${dirname(file)}-${line}`.replaceAll('/', '-');
  return join(root, `${name}.${language}`);
}
