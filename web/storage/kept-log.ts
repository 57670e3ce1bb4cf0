import type { LogPort } from '../bridge/kept-log.js';
import type { Recording } from '../engine/log-answers.js';
import { now } from './changes.js';
import type { Kept, KeptEvents } from './kept.js';
import { hasMore, isAhead, isSame, recordOf, type LogGate } from './log-record.js';
import type { Known } from './place.js';
import { SnapshotRefused } from './snapshot-gate.js';
import type { Snapshot } from './snapshot.js';

interface KeptLogOptions {
  readonly port: LogPort;
  readonly gate: LogGate;
  /** Lets the log begin. */
  release(this: void): void;
}

/** The log of a store. Of two records the one that tells more is the one to keep, and to go on with. */
export class KeptLog implements Kept<Recording> {
  readonly #options: KeptLogOptions;
  #release: () => void = () => undefined;
  #stop: () => void = () => undefined;
  #tell: () => void = () => undefined;
  /** What the log told when its record was removed: it is not written again before it tells more. */
  #removed: unknown;

  constructor(options: KeptLogOptions) {
    this.#options = options;
  }

  begin({ onChange }: KeptEvents): void {
    const { port, release } = this.#options;
    this.#tell = () => onChange({ at: now() });
    this.#stop = port.onLogChange(this.#tell);
    this.#release = () => {
      this.#release = () => undefined;
      release();
      this.#tell();
    };
  }

  take(stored: unknown, isWanted: boolean): void {
    const { gate, port } = this.#options;
    const record = gate.open(stored);
    // A page that has gone may have told the storage what it told nobody else.
    const isNews = isWanted || isAhead(record, this.read(false)?.record);
    const isTaken = !isNews || port.beginLog(record);
    if (!isTaken && !isAhead(this.read(true)?.record, record)) {
      throw new SnapshotRefused('undecodable', 'the stored log does not hold');
    }
    this.#release();
  }

  leave(): void {
    this.#release();
  }

  forget(): void {
    this.#removed = this.read(true)?.record;
    this.#release();
  }

  read(isLast: boolean): Recording | undefined {
    return this.#options.port.recordLog(isLast);
  }

  isSeenTo(): boolean {
    return false;
  }

  seal({ record, isWhole }: Recording, _: object, { snapshot }: Known): Snapshot | undefined {
    if (!isWhole) this.#tell();
    const stored = recordOf(snapshot);
    if (isAhead(stored, record) || isSame(stored, record)) return undefined;
    if (this.#removed !== undefined && !hasMore(record, this.#removed)) return undefined;
    this.#removed = undefined;
    return this.#options.gate.seal(record, now());
  }

  end(): void {
    this.#stop();
    this.#release();
    this.#options.gate.dispose();
  }
}
