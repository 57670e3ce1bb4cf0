// Which parts of the source the bytes of the first load come from, for `npm run size` and the table in docs/SIZE.md.

import { readFileSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { buildNumbered, entries } from './bundle.mjs';
import { root } from './paths.mjs';

const libraries = 'C and C++ libraries, allocator';

/**
 * Bytes of engine.wasm by the folder that defines each function, which its name tells: tools/split-engine.mjs has listed
 * them. What stands beside the functions is what is left of the file.
 */
export function engineParts() {
  const functions = JSON.parse(readFileSync(join(root, 'build/wasm-release/functions.json')));
  const folderOf = folders();
  const parts = new Map();
  for (const { name, bytes } of functions) add(parts, partOf(name, folderOf), bytes);
  const { length } = readFileSync(join(root, 'dist/engine.wasm'));
  const inFunctions = [...parts.values()].reduce((sum, bytes) => sum + bytes, 0);
  add(parts, 'data, types, tables, imports and exports', length - inFunctions);
  return sorted(parts);
}

/** Bytes of the minified code of the entry `isthmus` and of React's hooks by folder, without what is loaded later. */
export async function codeParts() {
  const { metafile } = await buildNumbered({
    absWorkingDir: root,
    entryPoints: { index: entries.index, react: entries.react },
    ...{ bundle: true, splitting: true, minify: true, format: 'esm', target: 'es2022' },
    ...{ packages: 'external', external: ['#*'], tsconfigRaw: {}, jsx: 'automatic' },
    define: { 'process.env.NODE_ENV': '"production"' },
    ...{ outdir: 'build/size', write: false, metafile: true, logLevel: 'error' },
  });
  const parts = new Map();
  for (const { inputs } of atOnce(metafile, ['index.js', 'react.js'])) {
    for (const [file, { bytesInOutput }] of Object.entries(inputs)) {
      add(parts, /web\/(\w+)\//.exec(file)?.[0].slice(0, -1) ?? 'texts, names', bytesInOutput);
    }
  }
  return sorted(parts);
}

/** The outputs of so many entries, and of what they import before they run. */
export function atOnce({ outputs }, names) {
  const byName = new Map(Object.entries(outputs).map(([file, output]) => [basename(file), output]));
  const found = new Set(names);
  for (const name of found) {
    for (const { kind, path, external } of byName.get(name).imports) {
      if (kind === 'import-statement' && !external) found.add(basename(path));
    }
  }
  return [...found].map((name) => ({ name, ...byName.get(name) }));
}

function add(parts, part, bytes) {
  parts.set(part, (parts.get(part) ?? 0) + bytes);
}

function sorted(parts) {
  return [...parts].sort(([, a], [, b]) => b - a).map(([name, bytes]) => ({ name, bytes }));
}

function partOf(name, folderOf) {
  if (name.startsWith('isthmus_')) return 'bindings';
  const own = /\bisthmus::|\(anonymous namespace\)/.test(name) && name.match(/[A-Za-z_]\w*/g);
  const known = own && own.find((word) => folderOf.has(word));
  return known ? folderOf.get(known) : libraries;
}

/** The folder of each class, struct and function, by its name. Of several of one name the first counts, headers before sources. */
function folders() {
  const found = new Map();
  for (const file of sources()) {
    const [top, next] = file.split('/');
    const text = readFileSync(join(root, file), 'utf8');
    for (const [, type, called] of text.matchAll(definitions)) {
      const name = type ?? called;
      if (!found.has(name)) found.set(name, top === 'src' ? `${top}/${next}` : top);
    }
  }
  return found;
}

const definitions =
  /\b(?:class|struct)\s+(?:ISTHMUS_\w+\s+)?(\w+)\b[^;]*?\{|\b(\w+)\([^;{}]*\)[^;{}]*[{;]/g;

/** What is in the second file. */
const later = /^(src\/(contract|bridge|log)|bindings\/crossing)\//;

function sources() {
  const files = ['src', 'bindings'].flatMap((top) =>
    readdirSync(join(root, top), { recursive: true }).map((file) => `${top}/${file}`),
  );
  const first = files.filter((file) => !later.test(file)).sort();
  return ['.h', '.cpp'].flatMap((end) => first.filter((file) => file.endsWith(end)));
}
