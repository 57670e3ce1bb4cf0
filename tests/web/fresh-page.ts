import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type * as Isthmus from 'isthmus';

const PAGE = Symbol.for('isthmus');
let copies = 0;

/** The page registry, as far as tests look into it. */
export interface PageRegistry {
  copies: { version: string; url: string }[];
  engines?: number;
  engine?: { loaded?: { errorCodes: string[]; bridges: { dropReasons: string[] } } };
}

export function pageRegistry(): PageRegistry | undefined {
  return (globalThis as { [PAGE]?: PageRegistry })[PAGE];
}

/** Loads another copy of the package into this page, as a remote that bundled its own would. */
export async function loadCopy(): Promise<typeof Isthmus> {
  const file = pathToFileURL(join(import.meta.dirname, '../../dist/index.js'));
  return import(/* @vite-ignore */ `${file.href}?copy=${++copies}`);
}

/** A copy of the package on a page that has none yet: no engine, no stores. */
export function loadOnFreshPage(): Promise<typeof Isthmus> {
  delete (globalThis as { [PAGE]?: PageRegistry })[PAGE];
  return loadCopy();
}
