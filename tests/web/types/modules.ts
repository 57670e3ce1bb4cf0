import { expect, it } from 'vitest';

import { compile, diagnosticsOf } from '../../package/examples.js';

/** What is tested, and a module of a user's program. */
export type TypedModule = readonly [what: string, code: string];

/**
 * Tests that each module compiles against the built declarations. A line that must not compile says so with
 * `@ts-expect-error`, which is an error where it is not one. `SliceStates` grows for a whole program.
 */
export function itCompiles(modules: readonly TypedModule[]): void {
  const examples = modules.map(([, code]) => ({
    file: 'module.ts',
    line: 1,
    language: 'tsx',
    code,
  }));
  const program = compile(examples);
  it.each(modules.map(([what], i) => [what, i] as const))('%s', (_what, i) => {
    expect(diagnosticsOf(program, examples[i]!, i)).toEqual([]);
  });
}
