/**
 * JavaScript strings as WTF-8 (https://simonsapin.github.io/wtf-8/) and back: UTF-8, in which a lone
 * surrogate stands as three bytes. TextEncoder and TextDecoder would replace it.
 */
export function byteLengthOf(text: string): number {
  let size = text.length;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0x80) continue;
    if (unit < 0x800) {
      size += 1;
    } else if (isPairAt(text, i)) {
      size += 2;
      i++;
    } else {
      size += 2;
    }
  }
  return size;
}

/** Writes `text` at `at`, where there must be room, and returns where it ends. */
export function writeWtf8(text: string, bytes: Uint8Array, at: number): number {
  for (let i = 0; i < text.length; i++) {
    let point = text.charCodeAt(i);
    if (point < 0x80) {
      bytes[at++] = point;
      continue;
    }
    if (point < 0x800) {
      bytes[at++] = 0xc0 | (point >> 6);
    } else {
      if (isPairAt(text, i)) {
        point = text.codePointAt(i++)!;
        bytes[at++] = 0xf0 | (point >> 18);
        bytes[at++] = 0x80 | ((point >> 12) & 0x3f);
      } else {
        bytes[at++] = 0xe0 | (point >> 12);
      }
      bytes[at++] = 0x80 | ((point >> 6) & 0x3f);
    }
    bytes[at++] = 0x80 | (point & 0x3f);
  }
  return at;
}

export function readWtf8(bytes: Uint8Array, start: number, end: number): string {
  return readAscii(bytes, start, end) ?? readPoints(bytes, start, end);
}

const SHORT = 64;
const unitsBySize = /* @__PURE__ */ zeros();

function zeros(): number[][] {
  return Array.from({ length: SHORT + 1 }, (_, size) => new Array<number>(size).fill(0));
}

/** Jest's jsdom has none. */
const ascii = typeof TextDecoder === 'function' ? /* @__PURE__ */ new TextDecoder() : undefined;

/** The text, or undefined when there is more than ASCII in it. */
function readAscii(bytes: Uint8Array, start: number, end: number): string | undefined {
  const size = end - start;
  const units = unitsBySize[size];
  for (let i = 0; i < size; i++) {
    const unit = bytes[start + i]!;
    if (unit >= 0x80) return undefined;
    if (units !== undefined) units[i] = unit;
  }
  if (units === undefined) return ascii?.decode(bytes.subarray(start, end));
  return String.fromCharCode.apply(null, units);
}

function readPoints(bytes: Uint8Array, start: number, end: number): string {
  let text = '';
  for (let at = start; at < end;) {
    const lead = bytes[at]!;
    if (lead < 0x80) {
      text += String.fromCharCode(lead);
      at += 1;
      continue;
    }
    const size = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
    let point = lead & (0xff >> (size + 1));
    for (let i = 1; i < size; i++) point = (point << 6) | (bytes[at + i]! & 0x3f);
    text += String.fromCodePoint(point);
    at += size;
  }
  return text;
}

function isPairAt(text: string, at: number): boolean {
  return (text.charCodeAt(at) & 0xfc00) === 0xd800 && (text.charCodeAt(at + 1) & 0xfc00) === 0xdc00;
}
