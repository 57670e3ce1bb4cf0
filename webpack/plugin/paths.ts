import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';

/** What is read of a package.json. */
export interface PackageManifest {
  readonly name?: string;
  readonly [dependencies: string]: unknown;
}

/** The nearest folder above a file or folder, or itself, for which `found` holds. */
export function folderAbove(path: string, found: (folder: string) => boolean): string | undefined {
  for (let folder = path; ; folder = dirname(folder)) {
    if (found(folder)) return folder;
    if (folder === dirname(folder)) return undefined;
  }
}

/** The package to which a file or folder belongs. */
export function packageOf(
  path: string,
): { readonly folder: string; readonly manifest: PackageManifest } | undefined {
  const folder = folderAbove(path, (each) => existsSync(join(each, 'package.json')));
  if (folder === undefined) return undefined;
  const text = readFileSync(join(folder, 'package.json'), 'utf8');
  return { folder, manifest: JSON.parse(text) as PackageManifest };
}

export function isInside(folder: string, path: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}

/** As in the bundler's own messages: `./src/app.ts`, relative to the build's folder. */
export function shown(context: string, file: string): string {
  const path = relative(context, file).split(sep).join('/');
  return path.startsWith('.') ? path : `./${path}`;
}

/** `@scope/name` of `@scope/name/part`. */
export function packageNameIn(request: string): string {
  return request
    .split('/')
    .slice(0, request.startsWith('@') ? 2 : 1)
    .join('/');
}
