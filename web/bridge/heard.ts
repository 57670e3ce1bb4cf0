import type { Heard } from '../engine/bridge-books.js';
import { realm } from '../page/realm.js';

export type { Heard };

declare module '../page/realm.js' {
  interface Realm {
    /** The ports of stores, by what apps see of them. */
    ports?: WeakMap<object, HeardPort>;
  }
}

/** What whoever saves and restores a store's states needs of its port. */
export interface HeardPort {
  /** For listeners: whether what they are being told of came over the bridge, and was not done here. */
  readonly isReceiving: boolean;
  /**
   * What the state of this moment holds: what was accepted of each sender, and what was sent. Undefined while
   * a dispatch is under way, whose action the state may hold already: ask later, when the state is read, too.
   */
  heard(): Heard | undefined;
  /**
   * Lets all messages wait, within the bound of the inbox, parked ones as well, until what this returns is
   * called. What is applied before a snapshot comes would be counted, and replaced by it.
   */
  hold(): () => void;
  /**
   * What a snapshot of the slice holds: a message in it is a `duplicate` from now on, if its type begins with
   * `<key>/` or is listed. False for what is no such record, which a storage may hold.
   */
  merge(key: string, heard: unknown, types?: readonly string[]): boolean;
}

/** The port of a store; undefined for one that is not of this package, or has no bridge. */
export function portOf(store: object): HeardPort | undefined {
  const { bridge } = store as { bridge?: object };
  return bridge && realm().ports?.get(bridge);
}

/** Lets the port be found by what apps see of it, which each form of a store has. */
export function setPort(bridge: object, port: HeardPort): void {
  (realm().ports ??= new WeakMap()).set(bridge, port);
}

export function isHeard(value: unknown): value is Heard {
  return (
    typeof value === 'object' &&
    value !== null &&
    Object.entries(value).every(([sender, rows]) => sender.length <= 64 && areRows(rows))
  );
}

function areRows(rows: unknown): boolean {
  return (
    Array.isArray(rows) &&
    rows.length % 2 === 0 &&
    rows.every((number) => Number.isSafeInteger(number) && number >= 0)
  );
}
