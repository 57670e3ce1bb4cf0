// What wasm modules and LLVM's relocatable objects tell of functions and constants, as far as tools/engine-data.mjs asks.
// (https://github.com/WebAssembly/tool-conventions/blob/main/Linking.md)

const sectionIds = { custom: 0, import: 2, code: 10, data: 11 };
const linkingParts = { segments: 5, initial: 6, symbols: 8 };
const symbolKinds = { function: 0, data: 1, section: 3 };
const undefinedSymbol = 0x10;
const nameOfItsOwn = 0x40;
const stringsSegment = 1;
/** Relocations to indices: of functions, types, globals, tags and tables. The others have an addend. */
const withoutAddend = new Set([0, 1, 2, 6, 7, 10, 12, 13, 18, 19, 20, 24, 26]);
const typeIndex = 6;

/**
 * The functions and the segments of data of an object, with the functions and segments that their relocations refer to.
 * Offsets are those in their section. `initial` are the functions that run at the start.
 */
export function readObject(bytes) {
  const sections = readSections(bytes);
  const ofId = (id) => sections.find((each) => each.id === id);
  const named = (name) => sections.find((each) => each.name === name);
  const functions = readBodies(ofId(sectionIds.code));
  const segments = readSegments(ofId(sectionIds.data));
  const imported = countImportedFunctions(ofId(sectionIds.import));
  const { symbols, initial } = readLinking(named('linking'), functions, segments, imported);
  readRelocations(named('reloc.CODE'), functions, symbols);
  readRelocations(named('reloc.DATA'), segments, symbols);
  return { functions, segments, initial };
}

/**
 * Active segments of data, by their place in memory.
 * @param {Uint8Array} bytes of a module
 * @returns {{ address: number, bytes: Uint8Array }[]}
 */
export function readMemory(bytes) {
  return readSegments(readSections(bytes).find(({ id }) => id === sectionIds.data));
}

/** The module with other segments of data, after which only custom sections come. */
export function withMemory(bytes, segments) {
  const sections = readSections(bytes).filter(({ id }) => id !== sectionIds.data);
  const custom = sections.findIndex(({ id }, at) => at > 0 && id === sectionIds.custom);
  const data = [
    sectionIds.data,
    ...sized([...varint(segments.length), ...segments.flatMap(asData)]),
  ];
  const parts = sections.map(({ begin, end }) => bytes.subarray(begin, end));
  parts.splice(custom < 0 ? parts.length : custom, 0, Uint8Array.from(data));
  return Buffer.concat([bytes.subarray(0, 8), ...parts]);
}

function asData({ address, bytes }) {
  const [active, i32Const, end] = [0, 0x41, 0x0b];
  return [active, i32Const, ...signedVarint(address), end, ...sized(bytes)];
}

function sized(bytes) {
  return [...varint(bytes.length), ...bytes];
}

function varint(value) {
  return value < 128 ? [value] : [(value & 127) | 128, ...varint(value >>> 7)];
}

function signedVarint(value) {
  if (value >= -64 && value < 64) return [value & 127];
  return [(value & 127) | 128, ...signedVarint(value >> 7)];
}

function readSections(bytes) {
  const file = new Reader(bytes, 8, bytes.length);
  const sections = [];
  while (!file.isAtEnd) {
    const begin = file.at;
    const id = file.byte();
    const content = file.part(file.number());
    const section = { id, begin, end: content.end, start: content.at, content };
    if (id === sectionIds.custom) section.name = content.text();
    sections.push(section);
  }
  return sections;
}

function readBodies({ content, start }) {
  return content.list(() => {
    const body = content.part(content.number());
    return { names: [], start: body.at - start, end: body.end - start, targets: [] };
  });
}

function readSegments({ content, start }) {
  return content.list(() => {
    if (content.number() !== 0 || content.byte() !== 0x41) throw new Error('Data without address');
    const address = content.signed();
    content.byte();
    const part = content.part(content.number());
    const bytes = part.rest();
    const place = { start: part.end - bytes.length - start, end: part.end - start };
    return { address, bytes, ...place, targets: [] };
  });
}

function countImportedFunctions({ content }) {
  const kinds = content.list(() => {
    content.text();
    content.text();
    const kind = content.byte();
    if (kind === 3) content.byte();
    else if (kind === 1) content.byte();
    if (kind === 1 || kind === 2) {
      const hasMaximum = (content.byte() & 1) === 1;
      content.number();
      if (hasMaximum) content.number();
    } else content.number();
    return kind;
  });
  return kinds.filter((kind) => kind === 0).length;
}

/** What each symbol stands for, if this object defines it as a function or as data. */
function readLinking({ content }, functions, segments, imported) {
  let symbols = [];
  let starts = [];
  content.number(); // version
  while (!content.isAtEnd) {
    const part = content.byte();
    const inner = content.part(content.number());
    if (part === linkingParts.segments) {
      const described = inner.list(() => ({
        name: inner.text(),
        alignment: inner.number(),
        isStrings: (inner.number() & stringsSegment) !== 0,
      }));
      described.forEach((each, index) => Object.assign(segments[index], each));
    }
    if (part === linkingParts.initial)
      starts = inner.list(() => [inner.number(), inner.number()].at(-1));
    if (part === linkingParts.symbols)
      symbols = inner.list(() => readSymbol(inner, functions, segments, imported));
  }
  return { symbols, initial: starts.map((index) => symbols[index]) };
}

function readSymbol(content, functions, segments, imported) {
  const kind = content.byte();
  const flags = content.number();
  const isDefined = (flags & undefinedSymbol) === 0;
  if (kind === symbolKinds.section) {
    content.number();
    return undefined;
  }
  if (kind === symbolKinds.data) {
    content.text();
    if (!isDefined) return undefined;
    const segment = segments[content.number()];
    content.number();
    content.number();
    return segment;
  }
  const index = content.number();
  const name = isDefined || (flags & nameOfItsOwn) !== 0 ? content.text() : undefined;
  if (kind !== symbolKinds.function || !isDefined) return undefined;
  functions[index - imported].names.push(name);
  return functions[index - imported];
}

/** In the order of their offsets, as the linker wants them. */
function readRelocations({ content }, places, symbols) {
  content.number(); // which section
  let place = 0;
  content.list(() => {
    const type = content.byte();
    const offset = content.number();
    const index = content.number();
    if (!withoutAddend.has(type)) content.signed();
    while (offset >= places[place].end) place++;
    if (offset < places[place].start) throw new Error('A relocation outside of what it belongs to');
    if (type !== typeIndex && symbols[index] !== undefined)
      places[place].targets.push(symbols[index]);
  });
}

class Reader {
  constructor(bytes, at, end) {
    this.bytes = bytes;
    this.at = at;
    this.end = end;
  }
  get isAtEnd() {
    return this.at >= this.end;
  }
  byte() {
    return this.bytes[this.at++];
  }
  number() {
    let value = 0;
    for (let factor = 1; ; factor *= 128) {
      const byte = this.byte();
      value += (byte & 127) * factor;
      if (byte < 128) return value;
    }
  }
  signed() {
    const start = this.at;
    const value = this.number();
    const bits = 7 * (this.at - start);
    return value >= 2 ** (bits - 1) ? value - 2 ** bits : value;
  }
  text() {
    return Buffer.from(this.part(this.number()).rest()).toString();
  }
  part(size) {
    const inner = new Reader(this.bytes, this.at, this.at + size);
    this.at += size;
    return inner;
  }
  rest() {
    const bytes = this.bytes.subarray(this.at, this.end);
    this.at = this.end;
    return bytes;
  }
  list(readOne) {
    return Array.from({ length: this.number() }, readOne);
  }
}
