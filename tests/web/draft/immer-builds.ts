import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

/** What the tests use of a copy of Immer. */
export interface Immer {
  isDraft(value: unknown): boolean;
  isModified?(value: unknown): boolean;
  original<T>(value: T): T;
  current<T>(value: T): T;
  produce<T>(base: T, recipe: (draft: T) => unknown): T;
  enablePatches(): void;
  applyPatches<T>(base: T, patches: readonly Patch[]): T;
}

interface Patch {
  op: 'add' | 'remove' | 'replace';
  path: (string | number)[];
  value?: unknown;
}

const require = createRequire(import.meta.url);
const modules = fileURLToPath(new URL('../../../node_modules/', import.meta.url));

/** Files of three releases; those for production have a name of their own for each field. */
const FILES = [
  'immer/dist/immer.mjs',
  'immer/dist/immer.legacy-esm.js',
  'immer/dist/immer.production.mjs',
  'immer/dist/cjs/immer.cjs.development.js',
  'immer/dist/cjs/immer.cjs.production.js',
  'immer-10/dist/immer.mjs',
  'immer-10/dist/immer.production.mjs',
  'immer-10/dist/cjs/immer.cjs.development.js',
  'immer-10/dist/cjs/immer.cjs.production.js',
  'immer-9/dist/immer.esm.mjs',
  'immer-9/dist/immer.cjs.development.js',
  'immer-9/dist/immer.cjs.production.min.js',
  'immer-9/dist/immer.umd.production.min.js',
];

export const immerBuilds: { file: string; immer: Immer }[] = await Promise.all(
  FILES.map(async (file) => ({ file, immer: await load(file) })),
);

async function load(file: string): Promise<Immer> {
  const path = modules + file;
  const isModule = file.endsWith('.mjs') || file.includes('esm');
  return (isModule ? await import(/* @vite-ignore */ path) : require(path)) as Immer;
}
