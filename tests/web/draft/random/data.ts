/** Random plain data, a random thing of a list, and whatever else programs are made of. */
export class Dice {
  readonly #random: () => number;

  constructor(random: () => number) {
    this.#random = random;
  }

  below(end: number): number {
    return Math.floor(this.#random() * end);
  }

  chance(share: number): boolean {
    return this.#random() < share;
  }

  of<T>(list: readonly T[]): T {
    return list[this.below(list.length)]!;
  }

  list<T>(most: number, make: () => T): T[] {
    return Array.from({ length: this.below(most + 1) }, make);
  }

  key(): string {
    return this.of(KEYS);
  }

  primitive(): unknown {
    return this.of(PRIMITIVES);
  }

  value(depth = 3): unknown {
    const kind = this.below(depth > 0 ? 6 : 3);
    if (kind < 3) return this.primitive();
    if (kind === 3) return this.list(6, () => this.value(depth - 1));
    return Object.fromEntries(this.list(5, () => [this.key(), this.value(depth - 1)]));
  }

  /** Frozen, with some parts that stand in two places. */
  base(): object {
    const value = this.value(4);
    if (typeof value !== 'object' || value === null) return this.base();
    if (this.chance(0.2)) this.#alias(value);
    return freeze(value);
  }

  #alias(value: object): void {
    const inner = Object.values(value).filter((member) => typeof member === 'object' && member);
    if (inner.length === 0) return;
    if (Array.isArray(value)) value.push(this.of(inner));
    else (value as Record<string, unknown>)[this.key()] = this.of(inner);
  }
}

const KEYS = ['a', 'b', 'c', 'd', '2', '1', '10', 'constructor', 'toString', '-1', '01', 'length'];

const PRIMITIVES = [0, 1, 2, 3, 0.5, '', 'x', 'y', true, false, null, undefined];

export function freeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value;
  Object.values(value).forEach(freeze);
  return Object.freeze(value);
}

/** A mutable copy in which no part stands in two places; `originals` says of what each is one. */
export function mutable(value: unknown, originals = new Map<unknown, unknown>()): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const copy: unknown = Array.isArray(value) ? [] : {};
  originals.set(copy, value);
  for (const [key, member] of Object.entries(value)) {
    (copy as Record<string, unknown>)[key] = mutable(member, originals);
  }
  return copy;
}
