// Splits whole.wasm of a build folder into engine.wasm, which every page loads, and engine-crossing.wasm, which extends
// it: one memory and one table. Called by CMake (tools/cmake/engine.cmake).
//
//   whole.wasm ── wasm-split ──► engine.wasm            all that its own exports reach
//                            └─► engine-crossing.wasm   the rest, on its imports of the first
//
// Then engine-data.mjs leaves the data to the second file that only its functions use.
//
// What the layers log, contract and bridge and bindings/crossing alone define is left to the second file, unless the first
// one calls it. From the first file only `gate` leads into the second.

import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { moveData } from './engine-data.mjs';

/** bindings/converging.h */
const gate = 'isthmus::bindings::endConverging(isthmus::Store&, bool)';
/** One of so few bytes that calls none may stand for equal ones of the first part, which have lost their names. */
const tiny = 64;

/** What the engine uses beside the first version of wasm. */
const features = ['mutable-globals', 'sign-ext', 'nontrapping-float-to-int'].map(
  (feature) => `--enable-${feature}`,
);

// The tools of LLVM and Binaryen are those of the compiler.
const { EMSDK, PATH } = process.env;
if (EMSDK !== undefined) process.env.PATH = `${join(EMSDK, 'upstream/bin')}:${PATH}`;

const folder = process.argv[2];
const wasm = join(folder, 'whole.wasm');
const names = readNames();
const graph = readGraph();
const isCrossing = definedByCrossingAlone();
const kept = reachedByFirst();
writeParts();
writeSizes();
dropPlaceholders();
moveData(folder, { kept: namesOf([...kept]), all: namesOf([...names.keys()]) });

/** What is in the first file, for tools/size-parts.mjs. */
function writeSizes() {
  const sizes = [...kept]
    .filter((index) => graph.sizes.has(index))
    .map((index) => ({ name: names.get(index), bytes: graph.sizes.get(index) }));
  writeFileSync(join(folder, 'functions.json'), JSON.stringify(sizes));
}

/** The functions that the first file keeps. */
function reachedByFirst() {
  const { exported, inTable, calls, sizes } = graph;
  const kept = new Set();
  const isTiny = (index) => sizes.get(index) <= tiny && calls.get(index).length === 0;
  const open = [
    ...exported.filter((index) => !isCrossing(index)),
    ...inTable.filter((index) => !isCrossing(index) || isTiny(index)),
  ];
  while (open.length > 0) {
    const index = open.pop();
    if (kept.has(index) || plainName(index) === gate) continue;
    kept.add(index);
    open.push(...(calls.get(index) ?? []));
  }
  return kept;
}

function writeParts() {
  const list = join(folder, 'first-functions.txt');
  writeFileSync(list, [...kept].map((index) => index - graph.imports).join('\n'));
  run('wasm-split', [
    ...[wasm, ...features, `--keep-funcs=@${list}`],
    ...['--import-namespace=first', '--placeholder-namespace=crossing', '--export-prefix=~'],
    ...['-o1', join(folder, 'engine.wasm'), '-o2', join(folder, 'engine-crossing.wasm')],
  ]);
  rmSync(list);
}

/** In the table, in the place of what is not there yet, are imports, one for each; one function that traps does as well. */
function dropPlaceholders() {
  const file = join(folder, 'engine.wasm');
  const text = run('wasm-dis', [...features, file]);
  const placeholder = /^ \(import "crossing" "\d+" \(func ([^\s)]+).*\n/gm;
  const absent = new Set([...text.matchAll(placeholder)].map(([, name]) => name));
  const written = text
    .replace(placeholder, '')
    .replace(/^ \(elem .*$/m, (line) =>
      line.replace(/\$[^\s)]+/g, (name) => (absent.has(name) ? '$absent' : name)),
    )
    .replace(/\n\)\s*$/, '\n (func $absent (unreachable))\n)\n');
  writeFileSync(`${file}.wat`, written);
  run('wasm-as', [...features, `${file}.wat`, '-o', file]);
  rmSync(`${file}.wat`);
}

/** By index, as Emscripten's symbol map has them. */
function readNames() {
  const lines = readFileSync(`${wasm}.symbols`, 'utf8').trimEnd().split('\n');
  return new Map(
    lines.map((line) => [Number.parseInt(line), unescaped(line.slice(line.indexOf(':') + 1))]),
  );
}

function unescaped(name) {
  return name.replace(/\\([0-9a-f]{2})/g, (_, hex) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
}

function namesOf(indices) {
  return new Set(indices.map((index) => names.get(index)));
}

/** Without the number that tells equal names apart. */
function plainName(index) {
  return names.get(index)?.replace(/ \(\.\d+\)$|(?<=\))_\d+$/, '');
}

/** Who calls whom, of the text that wasm-dis makes, in which functions have no names but numbers after the imports. */
function readGraph() {
  const text = run('wasm-dis', [wasm]);
  const imports = text.match(/^ \(import .*\(func /gm).length;
  const indexOf = (number) => Number(number) + imports;
  const [table] = /^ \(elem .*$/m.exec(text);
  const found = {
    ...{ imports, calls: new Map(), sizes: bodySizes(imports) },
    exported: [...text.matchAll(/^ \(export ".*" \(func \$(\d+)\)/gm)].map((each) =>
      indexOf(each[1]),
    ),
    inTable: [...table.matchAll(/\$(\d+)/g)].map((each) => indexOf(each[1])),
  };
  for (const body of text.split(/^ \(func \$/m).slice(1)) {
    const calls = [...body.matchAll(/\(call \$(\d+)/g)].map((each) => indexOf(each[1]));
    found.calls.set(indexOf(/^\d+/.exec(body)[0]), calls);
  }
  return found;
}

/** Bytes of each function, of the code section. */
function bodySizes(imports) {
  const bytes = readFileSync(wasm);
  let at = 8;
  const varint = () => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[at++];
      value += (byte & 127) * 2 ** shift;
      if (byte < 128) return value;
    }
  };
  const CODE = 10;
  for (;;) {
    const section = bytes[at++];
    const size = varint();
    if (section === CODE) break;
    at += size;
  }
  const sizes = new Map();
  const count = varint();
  for (let i = 0; i < count; i++) {
    const size = varint();
    sizes.set(imports + i, size);
    at += size;
  }
  return sizes;
}

/** Whether objects of the second part define a function, and none of the first. */
function definedByCrossingAlone() {
  const { first, crossing } = JSON.parse(readFileSync(join(folder, 'parts.json'), 'utf8'));
  const shared = definedIn(first);
  const own = new Set(definedIn(crossing));
  return (index) => own.has(plainName(index)) && !shared.has(plainName(index));
}

function definedIn(objects) {
  const text = run('llvm-nm', [
    '--demangle',
    '--defined-only',
    '--format=just-symbols',
    ...objects,
  ]);
  return new Set(text.split('\n'));
}

function run(command, options) {
  return execFileSync(command, options, { encoding: 'utf8', cwd: folder, maxBuffer: 2 ** 30 });
}
