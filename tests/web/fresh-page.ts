import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type * as Isthmus from 'isthmus';

const PAGE = Symbol.for('isthmus');
let copies = 0;

/** What the copies of the page share, as far as tests look into it. */
export interface PageRegistry {
  engines?: number;
  /** What the console was told. */
  told?: Set<string>;
  engine?: { loaded?: { errorCodes: string[]; crossing?: { dropReasons: readonly string[] } } };
}

interface Registry {
  copies: Isthmus.Copy[];
  realms: Record<number, PageRegistry>;
  protocol?: number;
}

export function registry(): Registry | undefined {
  return (globalThis as { [PAGE]?: Registry })[PAGE];
}

export function pageRegistry(): PageRegistry | undefined {
  return registry()?.realms[1];
}

/** Makes this a page that has no copy of the package yet: no engine, no stores. */
export function clearPage(): void {
  delete (globalThis as { [PAGE]?: Registry })[PAGE];
}

/** Loads another copy of the package into this page, as a remote that bundled its own would. */
export async function loadCopy(): Promise<typeof Isthmus> {
  const file = pathToFileURL(join(import.meta.dirname, '../../dist/index.js'));
  return import(/* @vite-ignore */ `${file.href}?copy=${++copies}`);
}

/** A copy of the package on a page that has none yet. */
export function loadOnFreshPage(): Promise<typeof Isthmus> {
  clearPage();
  return loadCopy();
}
