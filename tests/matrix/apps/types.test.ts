import { execFile } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { growingState, otherModules } from '../../web/types/growing-state.js';
import type { TypedModule } from '../../web/types/modules.js';
import { typedBySlices, typedBySliceStates } from '../../web/types/typed-slices.js';

// The modules of tests/web/types by each compiler that users have: what must compile does, and what must not
// (`@ts-expect-error`) does not. Inside the package they find `isthmus` by its name.
const folder = path.resolve(import.meta.dirname, '../../../build/typed-modules');
const { resolve } = createRequire(import.meta.url);
const compilers = ['5.4', '5.5', '5.6', '5.7', '5.8', '5.9', '6', '7'];
const typesOfThisPackage = ['accepted', 'payloads', 'entities'].map(
  (name) => `../../../tests/web/types/${name}.test.ts`,
);

/** `SliceStates` grows for a whole program. */
const programs: [name: string, modules: readonly TypedModule[], files: readonly string[]][] = [
  ['slices', [...typedBySlices, ...otherModules], typesOfThisPackage],
  ['slice-states', typedBySliceStates, []],
  ['growing-state', growingState, []],
];

const compilerOptions = {
  target: 'ES2022',
  module: 'NodeNext',
  moduleDetection: 'force',
  lib: ['ES2022', 'DOM', 'DOM.Iterable'],
  types: ['node'],
  jsx: 'react-jsx',
  strict: true,
  noUncheckedIndexedAccess: true,
  skipLibCheck: true,
  noEmit: true,
};

beforeAll(() => {
  for (const [name, modules, more] of programs) {
    const to = path.join(folder, name);
    mkdirSync(to, { recursive: true });
    const files = modules.map(([, code], i) => {
      writeFileSync(path.join(to, `module-${i}.tsx`), code);
      return `module-${i}.tsx`;
    });
    const config = { compilerOptions, files: [...files, ...more] };
    writeFileSync(path.join(to, 'tsconfig.json'), JSON.stringify(config));
  }
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function diagnosticsBy(tsc: string, project: string): Promise<string> {
  const ran = promisify(execFile)(process.execPath, [tsc, '-p', path.join(folder, project)]);
  const { stdout } = await ran.catch((error: { stdout: string }) => error);
  return stdout;
}

describe.each(compilers)('TypeScript %s accepts and refuses', (version) => {
  // The project's own compiler is one of them.
  const name = version === '6' ? 'typescript' : `typescript-${version}`;
  const tsc = path.join(path.dirname(resolve(`${name}/package.json`)), 'bin/tsc');
  it.each(programs.map(([project]) => project))('%s', async (project) => {
    expect(await diagnosticsBy(tsc, project)).toBe('');
  });
});
