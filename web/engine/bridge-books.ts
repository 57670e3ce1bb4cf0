import type { Funnel } from './funnel.js';

/** Of each sender the numbers of its messages, as first and last of each row of them, rising. */
export type Heard = Readonly<Record<string, readonly number[]>>;

/** What one bridge remembers: how often what has happened, and which messages the state holds. */
export class BridgeBooks {
  readonly #funnel: Funnel;
  readonly #bridge: number;

  constructor(funnel: Funnel, bridge: number) {
    this.#funnel = funnel;
    this.#bridge = bridge;
  }

  /** What was found of a message before there were bytes to decide about. */
  countDrop(reason: string): void {
    const index = this.#funnel.dropReasons.indexOf(reason);
    this.#funnel.call((engine) => engine.countDrop(this.#bridge, index));
  }

  /** The same of an action that was to leave. */
  countRefusal(reason: string, type: string): void {
    const length = this.#funnel.encode((encoder) => encoder.text(type));
    const index = this.#funnel.dropReasons.indexOf(reason);
    this.#funnel.call((engine) => engine.countRefusal(this.#bridge, index, length));
  }

  /** What was counted as sent could not be posted. */
  countUnsent(type: string): void {
    const length = this.#funnel.encode((encoder) => encoder.text(type));
    this.#funnel.call((engine) => engine.countUnsent(this.#bridge, length));
  }

  counters(): unknown {
    return this.#funnel.plain((engine) => engine.counters(this.#bridge));
  }

  /** What the state of this moment holds; undefined while an accepted message is being applied. */
  heard(): Heard | undefined {
    const isSettled = this.#funnel.ask((engine) => engine.isthmus_heard(this.#bridge)) === 1;
    const heard = isSettled ? this.#readHeard() : undefined;
    this.#funnel.close();
    return heard;
  }

  #readHeard(): Heard {
    const answer = this.#funnel.answer();
    const heard = new Map<string, number[]>();
    for (let left = answer.varint(); left > 0; left--) {
      const sender = answer.text();
      const row = [answer.float64(), answer.float64()];
      heard.set(sender, [...(heard.get(sender) ?? []), ...row]);
    }
    return Object.fromEntries(heard);
  }

  /** What the slice's state holds from now on: messages of its types, and of those listed. */
  addHeard(key: string, types: readonly string[], heard: Heard): void {
    const length = this.#funnel.encode((encoder) => {
      encoder.text(key).varint(types.length);
      types.forEach((type) => encoder.text(type));
      for (const [sender, rows] of Object.entries(heard)) {
        for (let i = 0; i < rows.length; i += 2) {
          encoder
            .text(sender)
            .float64(rows[i]!)
            .float64(rows[i + 1]!);
        }
      }
    });
    this.#funnel.call((engine) => engine.isthmus_addHeard(this.#bridge, length));
  }
}
