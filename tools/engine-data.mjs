// Which constants the second file brings along: texts and tables that no function of the first file can refer to.
//
// The link leaves two things behind. whole.wasm.lto.o is all code of the module before it has addresses: its relocations
// name what each function and each constant refers to, however an address is reckoned later. whole.map says where each
// constant came to lie. A constant goes to the second file if nothing that the first one has leads to it:
//
//   function of the first file ──► functions that were inlined into it ──► constants ──► constants and functions
//
// A function of the first file has the code of the function of that name in the object, of those inlined into it (they
// are no functions of the module any more, unless they are also called) and of equal ones. So the way leads through
// functions that the first file has or that the module has not, but not into those that only the second file has.

import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { readMemory, readObject, withMemory } from './wasm-object.mjs';

/** Fewer bytes between two pieces cost less than another segment. */
const gap = 8;

/** Moves data from engine.wasm to engine-crossing.wasm; `names` of functions are those of the symbol map. */
export function moveData(folder, names) {
  const [first, crossing] = ['engine', 'engine-crossing'].map((file) =>
    join(folder, `${file}.wasm`),
  );
  const module = readFileSync(first);
  const memory = readMemory(module);
  const moved = movable(folder, names);
  const isMoved = (address) => moved.has(address);
  writeFileSync(
    first,
    withMemory(
      module,
      pieces(memory, (address) => !isMoved(address)),
    ),
  );
  writeFileSync(crossing, withMemory(readFileSync(crossing), pieces(memory, isMoved)));
}

/** The addresses of all bytes that the first file does not need. */
function movable(folder, names) {
  const object = readObject(readFileSync(join(folder, 'whole.wasm.lto.o')));
  const map = readMap(readFileSync(join(folder, 'whole.map'), 'utf8'));
  const needed = reachedByFirst(object, map, names);
  const moved = new Set();
  for (const segment of object.segments) {
    const place = map.placed.get(segment.name);
    if (place === undefined || needed.has(segment) || !segment.name.startsWith('.rodata')) continue;
    if (place.size !== segment.bytes.length) throw new Error(`${segment.name} has two sizes`);
    for (let at = 0; at < place.size; at++) moved.add(place.address + at);
  }
  return moved;
}

/** The functions and constants of the object that the first file may use. */
function reachedByFirst({ functions, initial }, map, { kept, all }) {
  const nameOf = demangled(functions.flatMap((each) => each.names));
  assertKnown(kept, new Set([...nameOf.values(), ...map.elsewhere]));
  const isOneOf = (set, { names }) => names.some((name) => set.has(nameOf.get(name)));
  const [keptNames, allNames] = [kept, all].map((set) => new Set([...set].map(withoutNumber)));
  const isInSecond = (each) => isOneOf(allNames, each) && !isOneOf(keptNames, each);
  const reached = new Set();
  const open = [...initial, ...functions.filter((each) => isOneOf(keptNames, each))];
  while (open.length > 0) {
    const each = open.pop();
    if (reached.has(each) || ('names' in each && isInSecond(each))) continue;
    reached.add(each);
    open.push(...each.targets);
  }
  return reached;
}

/** Of what is in no other object the object has to tell what it uses. */
function assertKnown(kept, known) {
  const unknown = [...kept].find((name) => !known.has(withoutNumber(name)));
  if (unknown !== undefined) throw new Error(`No object has the function ${unknown}`);
}

function demangled(names) {
  const input = names.join('\n');
  const text = execFileSync('llvm-cxxfilt', { input, encoding: 'utf8', maxBuffer: 2 ** 30 });
  const lines = text.trimEnd().split('\n').map(withoutNumber);
  return new Map(names.map((name, index) => [name, lines[index]]));
}

/** Binaryen numbers equal names, as of the two destructors of a class. */
function withoutNumber(name) {
  return name.replace(/(\.|(?<=\))_)\d+$/, '');
}

/** Where the linker put the segments of the object, and what it took from elsewhere. */
function readMap(text) {
  const placed = new Map();
  const elsewhere = [];
  const lines = text.matchAll(/^ +([0-9a-f]+|-) +[0-9a-f]+ +([0-9a-f]+) +(\S+):\((.+)\)$/gm);
  for (const [, address, size, file, name] of lines) {
    if (file !== 'lto.tmp') elsewhere.push(name);
    else if (address !== '-')
      placed.set(name, { address: Number.parseInt(address, 16), size: Number.parseInt(size, 16) });
  }
  return { placed, elsewhere };
}

/** Segments with the bytes that are to be in them, and with what lies in small gaps between those. */
function pieces(memory, isIn) {
  const found = [];
  for (const { address, bytes } of memory) {
    let end = Number.NEGATIVE_INFINITY;
    for (let at = address; at < address + bytes.length; at++) {
      if (!isIn(at)) continue;
      if (at - end > gap) found.push({ address: at });
      found.at(-1).bytes = bytes.subarray(found.at(-1).address - address, at + 1 - address);
      end = at;
    }
  }
  return found;
}
