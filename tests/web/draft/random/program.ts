import { Dice } from './data.js';

type Container = Record<string, unknown> | unknown[];

/** What differs between the kinds of state a program runs on. */
export interface Ground {
  /** Absent where there is no untouched state beside the draft. */
  original?: (draft: object) => unknown;
  current: (draft: object) => unknown;
  isDraft: (value: unknown) => boolean;
}

/** Thrown by a program on purpose. */
export class Thrown extends Error {}

/**
 * One random program: a recipe that decides by its dice what to do next. Run on states that are equal it does
 * the same, and `lines` tells what it did, as JavaScript, with what it has read.
 */
export class Program {
  readonly lines: string[] = [];
  readonly #dice: Dice;
  readonly #ground: Ground;
  readonly #found: object[] = [];
  /** Where each was found first. */
  readonly #above = new Map<object, object>();

  constructor(random: () => number, ground: Ground) {
    this.#dice = new Dice(random);
    this.#ground = ground;
  }

  run(draft: object): unknown {
    this.#name(draft);
    const count = this.#dice.below(11);
    for (let i = 0; i < count; i++) this.#step();
    return this.#end(draft);
  }

  #end(draft: object): unknown {
    const dice = this.#dice;
    switch (dice.below(24)) {
      case 0:
        this.#say('throw');
        throw new Thrown('on purpose');
      case 1:
        this.#say('return r0');
        return draft;
      case 2:
        return this.#returned(this.#walk());
      case 3:
        return this.#returned(this.#newValue(undefined, 2));
      default:
        return undefined;
    }
  }

  #returned(value: unknown): unknown {
    this.#say(`return ${this.#text(value)}`);
    return value;
  }

  #step(): void {
    const at = this.#walk();
    const before = this.lines.length;
    try {
      const result = Array.isArray(at) ? this.#onArray(at) : this.#onObject(at as never);
      if (result !== undefined) this.#say(`  // ${this.#text(result)}`);
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      // What is frozen was taken from the original.
      this.#say(`  // refused after ${this.lines.length - before}`);
    }
  }

  /** Something inside: from what was found before, some steps down. */
  #walk(): Container {
    const dice = this.#dice;
    let at = dice.chance(0.6) ? this.#found[0]! : dice.of(this.#found);
    for (let steps = dice.below(4); steps > 0; steps--) {
      const keys = Object.keys(at).filter((key) => isContainer(at[key as never]));
      if (keys.length === 0) break;
      const key = dice.of(keys);
      const below = at[key as never] as object;
      if (!this.#found.includes(below)) {
        const from = this.#name(at);
        this.#say(`${this.#name(below)} = ${from}[${JSON.stringify(key)}]`);
        this.#above.set(below, at);
      }
      at = below;
    }
    this.#name(at);
    return at as Container;
  }

  #onObject(at: Record<string, unknown>): unknown {
    const dice = this.#dice;
    const name = this.#name(at);
    const key =
      dice.chance(0.6) && Object.keys(at).length > 0 ? dice.of(Object.keys(at)) : dice.key();
    const place = `${name}[${JSON.stringify(key)}]`;
    switch (dice.below(12)) {
      case 0:
        this.#say(`delete ${place}`);
        return delete at[key];
      case 1:
        this.#say(`${place} = ${place}`);
        at[key] = Object.hasOwn(at, key) ? at[key] : 1;
        return undefined;
      case 2: {
        const value = this.#newValue(at, 2);
        this.#say(`Object.assign(${name}, { ${key}: ${this.#text(value)}, d: 1 })`);
        Object.assign(at, { [key]: value, d: 1 });
        return undefined;
      }
      case 3:
        this.#say(`read ${place}`);
        return [
          key in at,
          Object.hasOwn(at, key),
          Object.keys(at).join(),
          String(isContainer(at[key])),
        ];
      case 4:
        return this.#look(at, name);
      case 5: {
        const before = at[key];
        this.#say(`${place} = 7, and back`);
        at[key] = 7;
        at[key] = typeof before === 'function' ? 0 : before;
        return undefined;
      }
      case 6: {
        const copy = { ...at };
        this.#say(`${this.#name(copy)} = {...${name}}`);
        return Object.keys(copy).join();
      }
      default: {
        const value = this.#value(at);
        this.#say(`${place} = ${this.#text(value)}`);
        at[key] = value;
        return undefined;
      }
    }
  }

  /** Reads that give plain data, or a part that can be written elsewhere. */
  #look(at: object, name: string): unknown {
    const { original, current, isDraft } = this.#ground;
    switch (this.#dice.below(4)) {
      case 0:
        this.#say(`JSON.stringify(${name})`);
        return JSON.stringify(at);
      case 1: {
        if (!isDraft(at)) return undefined;
        const now = current(at) as object;
        this.#say(`${this.#name(now)} = current(${name})`);
        return JSON.stringify(now);
      }
      case 2: {
        if (original === undefined || !isDraft(at)) return undefined;
        const was = original(at) as object;
        this.#say(`${this.#name(was)} = original(${name})`);
        return JSON.stringify(was);
      }
      default: {
        const keys: string[] = [];
        for (const key in at) keys.push(key);
        this.#say(`for in ${name}`);
        return keys.join();
      }
    }
  }

  #onArray(at: unknown[]): unknown {
    const dice = this.#dice;
    const name = this.#name(at);
    const index = dice.below(at.length + 1);
    const some = (): unknown[] => dice.list(3, () => this.#value(at));
    const call = (method: string, ...given: unknown[]): unknown => {
      this.#say(`${name}.${method}(${given.map((each) => this.#text(each)).join(', ')})`);
      return (at as unknown as Record<string, (...all: unknown[]) => unknown>)[method]!(...given);
    };
    switch (dice.below(20)) {
      case 0:
        return call('push', ...some());
      case 1:
        return call('pop');
      case 2:
        return call('shift');
      case 3:
        return call('unshift', ...some());
      case 4:
        return call('splice', dice.below(9) - 3, dice.below(4), ...some());
      case 5:
        return dice.chance(0.5) ? call('splice', index) : call('splice', index, 1, this.#value(at));
      case 6:
        return isWhole(at) ? (call('sort', ...(dice.chance(0.5) ? [] : [bySize])), undefined) : 0;
      case 7:
        call('reverse');
        return undefined;
      case 8:
        call('fill', this.#value(at), dice.below(3), dice.below(6));
        return undefined;
      case 9:
        call('copyWithin', dice.below(5), dice.below(5), dice.below(7));
        return undefined;
      case 10:
        this.#say(`${name}.length = ${index}`);
        at.length = index;
        return undefined;
      case 11:
        this.#say(`${name}[${index}] = undefined`);
        // Behind the end it makes a draft longer, and nothing else.
        if (dice.chance(0.5) && index < at.length && !isPlainArray(at, this.#ground)) {
          delete at[index];
        } else at[index] = undefined;
        return undefined;
      case 12:
        return this.#look(at, name);
      case 13:
        return this.#reader(at, call);
      case 14: {
        if (at.length < 2) return undefined;
        const other = dice.below(at.length);
        const first = index % at.length;
        this.#say(`swap ${name}[${first}], ${name}[${other}]`);
        [at[first], at[other]] = [at[other], at[first]];
        return undefined;
      }
      case 15: {
        const kept = at.filter((_, i) => i % 2 === 0);
        this.#say(`${this.#name(kept)} = every second of ${name}`);
        return kept.length;
      }
      default: {
        const value = this.#value(at);
        this.#say(`${name}[${index}] = ${this.#text(value)}`);
        at[index] = value;
        return undefined;
      }
    }
  }

  #reader(at: unknown[], call: (method: string, ...given: unknown[]) => unknown): unknown {
    const dice = this.#dice;
    const value = dice.chance(0.5) && at.length > 0 ? at[dice.below(at.length)] : dice.primitive();
    switch (dice.below(10)) {
      case 0:
        return call('find', isContainer);
      case 1:
        return call('findIndex', isContainer);
      case 2:
        return call('includes', value);
      case 3:
        return call('indexOf', value);
      case 4:
        return call('lastIndexOf', value);
      case 5:
        return call('at', dice.below(6) - 3);
      case 6:
        return call('concat', [1], at);
      case 7:
        return call('flat');
      case 8:
        return call('slice', dice.below(3), dice.below(6));
      default:
        return call('map', isContainer);
    }
  }

  /** What can be written: data, or something that was found. */
  #value(at: object): unknown {
    const dice = this.#dice;
    if (dice.chance(0.4)) return dice.primitive();
    return dice.chance(0.45) ? this.#newValue(at, 2) : this.#foundFor(at);
  }

  /** Seldom one that contains the place where it is to go. */
  #foundFor(at: object | undefined): unknown {
    const found = this.#walk();
    for (let above = at; above !== undefined; above = this.#above.get(above)) {
      if (above === found && this.#dice.chance(0.95)) return this.#dice.primitive();
    }
    return found;
  }

  #newValue(at: object | undefined, depth: number): unknown {
    const dice = this.#dice;
    const member = (): unknown => {
      if (dice.chance(0.25)) return this.#foundFor(at);
      return depth > 0 && dice.chance(0.3) ? this.#newValue(at, depth - 1) : dice.primitive();
    };
    return dice.chance(0.5)
      ? dice.list(3, member)
      : Object.fromEntries(dice.list(3, () => [dice.key(), member()]));
  }

  #name(container: object): string {
    let place = this.#found.indexOf(container);
    if (place < 0) place = this.#found.push(container) - 1;
    return `r${place}`;
  }

  #text(value: unknown, depth = 3): string {
    if (typeof value === 'function') return value.name;
    if (!isContainer(value))
      return Object.is(value, -0) ? '-0' : (JSON.stringify(value) ?? 'undefined');
    const place = this.#found.indexOf(value);
    if (place >= 0) return `r${place}`;
    if (this.#ground.isDraft(value)) return this.#name(value);
    if (depth === 0) return '...';
    if (Array.isArray(value)) {
      return `[${Array.from(value, (each) => this.#text(each, depth - 1)).join(', ')}]`;
    }
    const members = Object.entries(value).map(
      ([key, each]) => `${JSON.stringify(key)}: ${this.#text(each, depth - 1)}`,
    );
    return `{${members.join(', ')}}`;
  }

  #say(line: string): void {
    this.lines.push(line);
  }
}

function isContainer(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function isWhole(array: readonly unknown[]): boolean {
  for (let i = 0; i < array.length; i++) if (!(i in array)) return false;
  return true;
}

/** A new array has holes where a draft keeps undefined. */
function isPlainArray(array: unknown[], { isDraft }: Ground): boolean {
  return !isDraft(array);
}

function bySize(a: unknown, b: unknown): number {
  return JSON.stringify(a ?? null).length - JSON.stringify(b ?? null).length;
}
