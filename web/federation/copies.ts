import { realm, type Copy } from '../engine/realm.js';

declare module '../engine/realm.js' {
  interface Realm {
    /** The first copy's functions, which every later copy hands out. */
    api?: object;
  }
}

/**
 * Enters a copy of the package in the page registry and returns the functions to export: the first
 * copy's, and of its own only what the first one lacks. A later copy is thereby harmless, and reported.
 */
export function adoptFirstCopy<Api extends object>(copy: Copy, own: Api): Api {
  const page = realm();
  const first = page.copies[0];
  page.copies.push(copy);
  page.api ??= own;
  if (first !== undefined) reportDuplicate(first, copy);
  return { ...own, ...page.api };
}

function reportDuplicate(first: Copy, later: Copy): void {
  const name = ({ version, url }: Copy) => `${version} (${url})`;
  console.warn(
    `isthmus: a second copy was loaded, ${name(later)}; the first one, ${name(first)}, stays in use. Share 'isthmus' as a singleton in the build that brought the second: see sharedState() of isthmus/webpack.`,
  );
}
