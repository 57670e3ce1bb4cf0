// Which parts of the source the bytes of the first load come from, for `npm run size` and the table in docs/SIZE.md.

import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
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

/** Bytes of minified code by folder, of an esbuild output. */
export function codeParts(outputs) {
  const parts = new Map();
  for (const { inputs } of outputs) {
    for (const [file, { bytesInOutput }] of Object.entries(inputs)) {
      add(parts, /web\/[^/]+/.exec(file)?.[0] ?? 'web', bytesInOutput);
    }
  }
  return sorted(parts);
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
