import type { Divergence, OtherRelease, Rebase } from '../api/log.js';
import { Listeners, reportLater } from '../base/listeners.js';
import type { PortLog } from './port-log.js';

/**
 * A port's place for its log, which is opened with the first converging slice: who listens to it, who holds it
 * back, and a record that it is to begin with.
 */
export class LogSlot {
  readonly rebases = new Listeners<[Rebase]>();
  readonly divergences = new Listeners<[Divergence]>();
  readonly otherReleases = new Listeners<[OtherRelease]>();
  readonly changes = new Listeners();
  /** Whether there will be one. */
  isComing = false;
  readonly #whenFilled: (() => void)[] = [];
  #log: PortLog | undefined;
  #holds = 0;
  #record: unknown;

  get log(): PortLog | undefined {
    return this.#log;
  }

  get isHeld(): boolean {
    return this.#holds > 0;
  }

  /** How much is yet to be settled, the joining included. */
  get unsettled(): number {
    return (this.#log?.isJoining ? 1 : 0) + (this.#log?.unsettled ?? 0);
  }

  fill(log: PortLog, isEnabled: boolean): void {
    this.#log = log;
    if (!isEnabled) log.carrier.setEnabled(false);
    log.carrier.connect();
    if (this.#record !== undefined) this.begin(this.#record);
    for (const call of this.#whenFilled.splice(0)) call();
  }

  /** Resolves once nothing is tentative that is so now. */
  async settled(): Promise<void> {
    if (this.#log === undefined && this.isComing) {
      await new Promise<void>((resolve) => this.#whenFilled.push(resolve));
    }
    await this.#log?.settled();
  }

  hold(): () => void {
    let isHeld = true;
    this.#holds += 1;
    return () => {
      if (!isHeld) return;
      isHeld = false;
      this.#holds -= 1;
      if (this.#holds === 0) this.#log?.carrier.release();
    };
  }

  begin(record: unknown): boolean {
    this.#record = this.#log === undefined ? record : undefined;
    return this.#log?.begin(record) ?? true;
  }

  tellChange(): void {
    if (this.changes.size === 0) return;
    const errors: unknown[] = [];
    this.changes.call(errors);
    errors.forEach(reportLater);
  }
}
