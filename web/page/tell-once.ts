import { realm } from './realm.js';

declare module './realm.js' {
  interface Realm {
    /** What the console was told in development, by kind and key. */
    told?: Set<string>;
  }
}

/** Who has read so many has enough to do, and a page that makes up keys is not to fill the memory. */
const MOST = 1000;

/** Tells the console what nobody would notice otherwise, once per kind and key on a page. */
export function tellOnce(kind: string, key: string, text: string): void {
  const told = (realm().told ??= new Set());
  const name = `${kind} ${key}`;
  if (told.has(name) || told.size >= MOST) return;
  told.add(name);
  console.warn(`isthmus: ${text}`);
}
