import { UNHANDLED } from './action.js';
import type { Encoder } from './codec/encoder.js';
import type { Funnel } from './funnel.js';
import { Numbered } from './numbered.js';

/** A slice's program in canonical JSON. */
export interface ProgramDefinition {
  readonly name: string;
  readonly initialState: unknown;
  readonly reducers: Readonly<Record<string, unknown>>;
  readonly on: Readonly<Record<string, unknown>>;
  readonly index?: Readonly<Record<string, readonly string[]>>;
}

interface Defined {
  readonly definition: ProgramDefinition;
  readonly content: string | undefined;
  users: number;
}

interface NamedType {
  readonly number: number;
  users: number;
}

/** The engine's compiled programs, each once however often it is defined, and the action types they handle. */
export class Definitions {
  readonly #funnel: Funnel;
  readonly #programs = new Numbered<Defined>();
  readonly #byContent = new Map<string, number>();
  readonly #types = new Map<string, NamedType>();
  readonly #typeNumbers = new Numbered<string>();

  constructor(funnel: Funnel) {
    this.#funnel = funnel;
  }

  add(definition: ProgramDefinition): number {
    const length = this.#funnel.encode((encoder) => encoder.value(definition));
    const { content } = this.#funnel.encoder;
    const known = content === undefined ? undefined : this.#byContent.get(content);
    if (known !== undefined) {
      this.#programs.get(known)!.users += 1;
      return known;
    }
    const number = this.#programs.add({ definition, content, users: 1 });
    try {
      this.#funnel.call((engine) => engine.isthmus_defineProgram(number, length));
      for (const type of typesOf(definition)) this.#nameType(type);
    } catch (error) {
      this.#programs.remove(number);
      throw error;
    }
    if (content !== undefined) this.#byContent.set(content, number);
    return number;
  }

  /** For as many users as there were additions; slices that have the program keep it. */
  remove(number: number): void {
    const program = this.#programs.get(number)!;
    program.users -= 1;
    if (program.users > 0) return;
    this.#programs.remove(number);
    if (program.content !== undefined) this.#byContent.delete(program.content);
    this.#funnel.call((engine) => engine.isthmus_removeProgram(number));
    for (const type of typesOf(program.definition)) this.#forgetType(type);
  }

  typeOf(type: string): number {
    return this.#types.get(type)?.number ?? UNHANDLED;
  }

  /** Defines all of this in another instance, under the same numbers. */
  restoreTo(funnel: Funnel): void {
    this.#programs.forEach(({ definition }, number) => {
      const length = funnel.encode((encoder) => encoder.value(definition));
      funnel.call((engine) => engine.isthmus_defineProgram(number, length));
    });
    this.#typeNumbers.forEach((type, number) => nameType(funnel, type, number));
  }

  #nameType(type: string): void {
    const known = this.#types.get(type);
    if (known !== undefined) {
      known.users += 1;
      return;
    }
    const number = this.#typeNumbers.add(type);
    this.#types.set(type, { number, users: 1 });
    nameType(this.#funnel, type, number);
  }

  #forgetType(type: string): void {
    const known = this.#types.get(type)!;
    known.users -= 1;
    if (known.users > 0) return;
    this.#types.delete(type);
    this.#typeNumbers.remove(known.number);
    this.#funnel.call((engine) => engine.isthmus_forgetType(known.number));
  }
}

function typesOf({ name, reducers, on }: ProgramDefinition): string[] {
  return [...Object.keys(reducers).map((event) => `${name}/${event}`), ...Object.keys(on)];
}

function nameType(funnel: Funnel, type: string, number: number): void {
  const length = funnel.encode((encoder: Encoder) => encoder.text(type));
  funnel.call((engine) => engine.isthmus_nameType(number, length));
}
