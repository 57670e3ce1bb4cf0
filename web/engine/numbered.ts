/** Things under numbers from 1; the number of one that was removed is given again. */
export class Numbered<T> {
  readonly #things: (T | undefined)[] = [undefined];
  readonly #free: number[] = [];

  add(thing: T): number {
    const number = this.#free.pop() ?? this.#things.length;
    this.#things[number] = thing;
    return number;
  }

  /** One that knows its number, and how it is removed. Nothing is kept of one that cannot be made. */
  make(create: (number: number, remove: () => void) => T): T {
    const number = this.#free.pop() ?? this.#things.push(undefined) - 1;
    try {
      const thing = create(number, () => this.remove(number));
      this.#things[number] = thing;
      return thing;
    } catch (error) {
      this.#free.push(number);
      throw error;
    }
  }

  get(number: number): T | undefined {
    return this.#things[number];
  }

  /** Nothing for a number that has none. */
  remove(number: number): void {
    if (this.#things[number] === undefined) return;
    this.#things[number] = undefined;
    this.#free.push(number);
  }

  /** Calls for each thing, in the order of their numbers. */
  forEach(call: (thing: T, number: number) => void): void {
    this.#things.forEach((thing, number) => {
      if (thing !== undefined) call(thing, number);
    });
  }
}
