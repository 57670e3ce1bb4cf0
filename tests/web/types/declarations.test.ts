import { join } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

import { root } from '../../package/examples.js';

// A user's module that imports Redux, and one that imports all of Isthmus which needs no React, under the
// settings that users have. Nothing is skipped: every declaration file that is reached is checked.
const modules = {
  redux: `import { createStore } from 'redux';
export const store = createStore((state: number = 0) => state);
`,
  isthmus: `import * as isthmus from 'isthmus';
import * as redux from 'isthmus/redux';
import * as storage from 'isthmus/storage';
import * as testing from 'isthmus/testing';
export const store = redux.createStore((state: number = 0) => state);
export const member: Promise<isthmus.Membership> =
  isthmus.loadEngine().then(() => isthmus.joinSharedStore({ app: 'a' }));
export const hub = testing.createTestHub();
export const snapshots = storage.memoryAdapter();
`,
};

const { ModuleKind, ModuleResolutionKind } = ts;
const bundler = { module: ModuleKind.ESNext, moduleResolution: ModuleResolutionKind.Bundler };
const es2015 = { lib: ['lib.es2015.d.ts'] };
const settings: [what: string, options: ts.CompilerOptions][] = [
  ['module node16', { ...es2015, module: ModuleKind.Node16 }],
  ['module node18', { ...es2015, module: ModuleKind.Node18 }],
  ['module node20', { ...es2015, module: ModuleKind.Node20 }],
  ['module nodenext', { ...es2015, module: ModuleKind.NodeNext }],
  ['module preserve', { ...es2015, module: ModuleKind.Preserve }],
  ['moduleResolution bundler', { ...es2015, ...bundler }],
  ['lib es2020 without the DOM', { ...bundler, lib: ['lib.es2020.d.ts'] }],
  ['lib esnext without the DOM', { ...bundler, lib: ['lib.esnext.d.ts'] }],
  ['lib es2020 with the DOM', { ...bundler, lib: ['lib.es2020.d.ts', 'lib.dom.d.ts'] }],
  ['a worker', { ...bundler, lib: ['lib.es2020.d.ts', 'lib.webworker.d.ts'] }],
  ['the types of Node', { ...bundler, lib: ['lib.es2022.d.ts'], types: ['node'] }],
  ['nothing strict', { ...bundler, ...es2015, strict: false }],
  [
    'everything strict',
    {
      ...bundler,
      ...es2015,
      exactOptionalPropertyTypes: true,
      isolatedModules: true,
      noImplicitOverride: true,
      noPropertyAccessFromIndexSignature: true,
      noUncheckedIndexedAccess: true,
      verbatimModuleSyntax: true,
    },
  ],
];

/** What the compiler says of modules at the root of the package, which finds itself by its name. */
function diagnose(names: (keyof typeof modules)[], options: ts.CompilerOptions): string[] {
  const common = { target: ts.ScriptTarget.ES2020, strict: true, types: [], noEmit: true };
  const all: ts.CompilerOptions = { ...common, skipLibCheck: false, ...options };
  const host = ts.createCompilerHost(all);
  const files = new Map(names.map((name) => [join(root, `consumer-of-${name}.ts`), modules[name]]));
  const { fileExists, getSourceFile, readFile } = host;
  host.fileExists = (path) => files.has(path) || fileExists(path);
  host.readFile = (path) => files.get(path) ?? readFile(path);
  host.getSourceFile = (path, version, ...rest) => {
    const text = files.get(path);
    if (text === undefined) return getSourceFile(path, version, ...rest);
    return ts.createSourceFile(path, text, version);
  };
  const program = ts.createProgram([...files.keys()], all, host);
  return ts
    .getPreEmitDiagnostics(program)
    .map((each) => ts.flattenDiagnosticMessageText(each.messageText, '\n'));
}

describe('the declarations compile as those of Redux do:', () => {
  it.each(settings)('%s', (_what, options) => {
    expect(diagnose(['redux', 'isthmus'], options)).toEqual([]);
  });

  it('and what does not compile is told', () => {
    const told = diagnose(['redux'], { ...bundler, lib: ['lib.es5.d.ts'] });
    expect(told).toContainEqual(expect.stringContaining("'Symbol' only refers to a type"));
  });
});
