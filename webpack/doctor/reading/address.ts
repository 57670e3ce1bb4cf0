import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';

export const MANIFEST = 'isthmus-manifest.json';
/** What a container is called, unless the build says otherwise. */
export const ENTRY = 'remoteEntry.js';

/** The address that a text stands for; undefined for none, as builds may name anything. */
export function addressOf(text: string, base?: URL): URL | undefined {
  return URL.canParse(text, base?.href) ? new URL(text, base) : undefined;
}

/** A file of a build, by the address of another one or of its folder: `https://host.example/shop` is one. */
export function beside({ href }: URL, name: string): URL {
  const url = new URL(href);
  if (!/\.[^/]*$|\/$/.test(url.pathname)) url.pathname += '/';
  return new URL(name, url);
}

/** A place for people: a path, or an address. */
export function placeOf(url: URL): string {
  if (url.protocol !== 'file:') return url.href;
  const inside = relative(process.cwd(), fileURLToPath(url));
  return inside.startsWith('..') ? fileURLToPath(url) : inside;
}
