import { type ArrayNode, createDraft, isDraftable, nodeOf } from './node.js';
import { tooManyHoles } from './refusals.js';
import { HOLE_SLOT, Sequence, type Slot } from './sequence.js';
import { pathOf } from './path-of.js';

/** An array without so many of its elements is a mistake. */
const HOLES = 1_000_000;

/** The index that a key is, or -1. */
export function indexOf(key: string): number {
  const index = +key;
  return index >>> 0 === index && index !== 0xffffffff && `${index}` === key ? index : -1;
}

export function hasIndex(node: ArrayNode, index: number): boolean {
  if (index >= node.length) return false;
  const slot = slotAt(node, index);
  return slot >= 0 ? slot in node.base : slot !== HOLE_SLOT;
}

/** An element as it is: as a draft where it has been read, else as the base has it. */
export function peekElement(node: ArrayNode, index: number): unknown {
  if (index >= node.length) return undefined;
  const slot = slotAt(node, index);
  return slot >= 0 ? (node.kids?.get(slot) ?? node.base[slot]) : node.sequence!.valueOf(slot);
}

/** An element of the base becomes a draft; what was written stays what it is. */
export function elementAt(node: ArrayNode, index: number): unknown {
  if (index >= node.length) return undefined;
  const slot = slotAt(node, index);
  if (slot >= 0) return baseElement(node, slot);
  const value = node.sequence!.valueOf(slot);
  if (typeof value !== 'object' || value === null || value !== node.base[index]) return value;
  const draft = childOf(node, index, value);
  node.sequence!.replace(slot, draft);
  return draft;
}

function baseElement(node: ArrayNode, slot: Slot): unknown {
  const kid = node.kids?.get(slot);
  if (kid !== undefined) return kid;
  const value = node.base[slot];
  if (typeof value !== 'object' || value === null) return value;
  const draft = childOf(node, slot, value);
  if (draft !== value) (node.kids ??= new Map()).set(slot, draft);
  return draft;
}

function childOf(node: ArrayNode, index: number, value: object): object {
  return node.isCopied || !isDraftable(value)
    ? value
    : createDraft(node.session, value, node, index);
}

export function setElement(node: ArrayNode, index: number, value: unknown): void {
  const present = peekElement(node, index);
  if (!node.isModified && typeof value === 'object' && nodeOf(present)?.base === value) {
    node.kids!.delete(index);
    return;
  }
  if (Object.is(value, present) && (value !== undefined || hasIndex(node, index))) return;
  node.touch();
  place(node, index, value);
}

function place(node: ArrayNode, index: number, value: unknown): void {
  const { length } = node;
  if (index >= length) {
    append(node, index - length, [slotFor(node, value)]);
    return;
  }
  const sequence = sequenceOf(node);
  const before = sequence.slotAt(index);
  const slot = slotFor(node, value, before);
  if (slot !== before) sequence.set(index, slot);
}

export function setLength(node: ArrayNode, value: unknown): void {
  const length = Number(value);
  if (length >>> 0 !== length) throw new RangeError('Invalid array length');
  const present = node.length;
  if (length === present) return;
  node.touch();
  if (length > present) append(node, length - present, []);
  else sequenceOf(node).splice(length, present - length, []);
}

/** Replaces elements where that changes how many there are. */
export function replaceElements(
  node: ArrayNode,
  index: number,
  removed: number,
  values: readonly unknown[],
): void {
  node.touch();
  const slots = values.map((value) => slotFor(node, value));
  sequenceOf(node).splice(index, removed, slots);
}

function append(node: ArrayNode, holes: number, slots: readonly Slot[]): void {
  if (holes > HOLES) throw tooManyHoles(pathOf(node));
  const sequence = sequenceOf(node);
  if (holes > 0) sequence.splice(sequence.length, 0, new Array<Slot>(holes).fill(HOLE_SLOT));
  if (slots.length > 0) sequence.splice(sequence.length, 0, slots);
}

/** An element of the base that comes back is its own slot; another value takes the one it replaces. */
function slotFor(node: ArrayNode, value: unknown, before?: Slot): Slot {
  const draft = nodeOf(value);
  if (draft?.parent === node && node.kids?.get(draft.key as number) === value) {
    return draft.key as number;
  }
  const sequence = sequenceOf(node);
  if (before === undefined || before >= HOLE_SLOT) return sequence.hold(value);
  sequence.replace(before, value);
  return before;
}

export function slotAt(node: ArrayNode, index: number): Slot {
  return node.sequence === undefined ? index : node.sequence.slotAt(index);
}

function sequenceOf(node: ArrayNode): Sequence {
  return (node.sequence ??= new Sequence(node.base.length));
}
