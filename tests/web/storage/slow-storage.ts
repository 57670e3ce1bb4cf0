import type { SnapshotStorage } from 'isthmus/storage';

/** A storage whose answers come when the test says so, of nothing but `read`, `write` and `remove`. */
export class SlowStorage implements SnapshotStorage {
  readonly snapshots: Map<string, unknown>;
  /** Those that are out, oldest first. */
  readonly calls: { readonly what: string; answer(): void; fail(message: string): void }[] = [];

  constructor(snapshots = new Map<string, unknown>()) {
    this.snapshots = snapshots;
  }

  readonly read = (name: string) => this.#later('read', () => this.snapshots.get(name));

  readonly write = (name: string, snapshot: unknown) =>
    this.#later('write', () => void this.snapshots.set(name, structuredClone(snapshot)));

  readonly remove = (name: string) => this.#later('remove', () => void this.snapshots.delete(name));

  /** The oldest call that is out, once there is one. */
  async next(what: string) {
    for (let turn = 0; this.calls.length === 0 && turn < 100; turn++) await Promise.resolve();
    const call = this.calls.shift();
    if (call?.what !== what) throw new Error(`${what} was expected and not ${call?.what}`);
    return call;
  }

  async answer(...whats: string[]): Promise<void> {
    for (const what of whats) (await this.next(what)).answer();
    for (let turn = 0; turn < 100; turn++) await Promise.resolve();
  }

  /** From now on as soon as it is asked. */
  hurry(): void {
    this.#isSlow = false;
    for (const call of this.calls.splice(0)) call.answer();
  }

  #isSlow = true;

  #later<T>(what: string, run: () => T): Promise<T> {
    return new Promise((resolve, reject) => {
      const fail = (message: string) => reject(new Error(message));
      if (!this.#isSlow) resolve(run());
      else this.calls.push({ what, answer: () => resolve(run()), fail });
    });
  }
}
