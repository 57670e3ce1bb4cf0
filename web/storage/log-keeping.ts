import type { LogPort } from '../bridge/kept-log.js';
import { Failures } from './failures.js';
import { isAhead, isSame, recordOf, type LogGate } from './log-record.js';
import { PageLife } from './page-life.js';
import { PatientReads } from './patient-reads.js';
import type { PersistenceStatus, SnapshotRefusal } from './persisted-store.js';
import type { Known, Place } from './place.js';
import { isNone, Removals, type Removal } from './removals.js';
import type { Hydration } from './restoring.js';
import { Schedule } from './schedule.js';
import { SnapshotRefused } from './snapshot-gate.js';

interface LogKeepingOptions {
  readonly port: LogPort;
  readonly place: Place;
  readonly gate: LogGate;
  /** Milliseconds from a change until it is written, with all that follow meanwhile. */
  readonly every: number;
  /** Milliseconds that the storage has for an answer. */
  readonly timeout: number;
  refusalOf(direction: SnapshotRefusal['direction'], error: unknown): SnapshotRefusal;
  onRefused(refusal: SnapshotRefusal): void;
}

/** How often one exchange with the storage finds that another page was faster, before it waits. */
const ROUNDS = 4;

/**
 * The log of a store and its record. The log waits until the record was read. A record is written over the one
 * that is known to be stored, unless that tells more; one that could not be read is never written over.
 */
export class LogKeeping {
  readonly #options: LogKeepingOptions;
  readonly #reads: PatientReads;
  readonly #failures: Failures;
  readonly #page: PageLife;
  readonly #removals = new Removals();
  readonly #writeTimer = new Schedule(() => void this.#exchange());
  #stopListening: () => void = () => undefined;
  #stopFollowing: () => void = () => undefined;
  #known: Known | undefined;
  /** Whether what is stored is to be gone on with: until it was read, and after a return. */
  #takesStored = true;
  #isStale = false;
  #isReading = true;
  #hasChanged = false;
  #hasEnded = false;
  /** What began in an earlier one no longer counts: `clear` and the end begin another. */
  #era = 0;
  #exchanging: Promise<void> | undefined;

  constructor(options: LogKeepingOptions) {
    this.#options = options;
    this.#reads = new PatientReads(options.place, options.timeout);
    this.#failures = new Failures({
      refusalOf: (direction, error) => options.refusalOf(direction, error),
      onRefused: (refusal) => options.onRefused(refusal),
      again: () => void this.#exchange(),
    });
    this.#page = new PageLife({
      onHidden: () => this.#writeAtOnce(),
      onGone: () => this.#stopListening(),
      onShown: () => this.#listen(),
      onReturn: () => {
        this.#takesStored = true;
        this.#listen();
        void this.#exchange();
      },
    });
  }

  get status(): PersistenceStatus {
    if (this.#hasEnded) return 'stopped';
    if (this.#isReading) return 'loading';
    if (this.refusal === undefined) return 'saving';
    return this.refusal.direction === 'read' ? 'blocked' : 'failing';
  }

  get refusal(): SnapshotRefusal | undefined {
    return this.#failures.refusal;
  }

  /** `release` lets the log begin. */
  async begin(release: () => void): Promise<Hydration> {
    const { port } = this.#options;
    const era = this.#era;
    this.#listen();
    this.#stopFollowing = port.onLogChange(() => this.#changed());
    const answer = this.#reads.readTwice();
    try {
      const stored = await this.#reads.inTime(answer);
      if (era !== this.#era) return this.#hasEnded ? 'refused' : 'empty';
      if (!this.#learn(stored)) return 'refused';
      return isNone(stored) ? 'empty' : 'restored';
    } catch (error) {
      if (era !== this.#era) return this.#hasEnded ? 'refused' : 'empty';
      this.#failures.add('read', error);
      void answer.then(
        () => this.#exchange(answer),
        () => this.#retry(),
      );
      return 'refused';
    } finally {
      this.#isReading = false;
      release();
      this.#changed();
    }
  }

  /** Resolves with whether all is written. */
  async flush(): Promise<boolean> {
    while (this.#exchanging !== undefined) await this.#exchanging;
    await this.#exchange();
    await this.#options.place.written();
    return !this.#hasChanged && this.refusal === undefined;
  }

  async clear(): Promise<void> {
    this.#forget();
    this.#removals.demand();
    await this.#exchange();
  }

  async stop(): Promise<void> {
    if (!this.#isReading) await this.flush();
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    this.#era += 1;
    this.#reads.abandon();
    this.#writeTimer.cancel();
    this.#failures.stopRetrying();
    this.#page.stop();
    this.#stopListening();
    this.#stopFollowing();
    this.#options.gate.dispose();
  }

  #changed(): void {
    if (this.#hasEnded) return;
    this.#hasChanged = true;
    if (this.#page.isHidden) queueMicrotask(() => this.#writeAtOnce());
    else this.#writeTimer.set(this.#options.every);
  }

  #listen(): void {
    this.#stopListening();
    this.#stopListening = this.#options.place.watch((change, removal) => {
      if (change === 'written') this.#isStale = true;
      else if (!this.#removals.isOld(removal)) this.#forget(removal);
    });
  }

  /** The record was removed, here or elsewhere: what happens next is written anew. */
  #forget(removal?: Removal): void {
    this.#era += 1;
    this.#reads.abandon();
    this.#writeTimer.cancel();
    this.#failures.stopRetrying();
    this.#failures.forget();
    this.#knowNone(removal);
    this.#takesStored = this.#isStale = this.#hasChanged = false;
    this.#exchanging = undefined;
  }

  #knowNone(stored: Removal | undefined): void {
    this.#known = { snapshot: stored, isOwn: false };
    this.#removals.learn(stored);
  }

  get #mustLook(): boolean {
    return this.#takesStored || this.#isStale || this.refusal?.direction === 'read';
  }

  #exchange(answer?: Promise<unknown>): Promise<void> {
    if (this.#exchanging === undefined) {
      const exchanging = this.#run(answer).finally(() => {
        if (this.#exchanging === exchanging) this.#exchanging = undefined;
      });
      this.#exchanging = exchanging;
    }
    return this.#exchanging;
  }

  /** Does what is due, in turn with other pages: removes, looks, writes. */
  async #run(answer?: Promise<unknown>): Promise<void> {
    const era = this.#era;
    this.#writeTimer.cancel();
    if (this.#removals.isDue && !(await this.#remove())) return;
    for (let round = 0; round < ROUNDS; round++) {
      if (era !== this.#era || this.#hasEnded || this.#isReading) return;
      if (this.#mustLook && !(await this.#look(era, round === 0 ? answer : undefined))) return;
      if (era !== this.#era || !this.#hasChanged) return;
      if (!(await this.#write(false))) return;
    }
    this.#retry();
  }

  async #remove(): Promise<boolean> {
    const era = this.#era;
    try {
      const removal = await this.#options.place.remove();
      if (era !== this.#era) return true;
      this.#knowNone(removal);
      this.#removals.made();
      this.#failures.overcome();
      return true;
    } catch (error) {
      if (era === this.#era) this.#failures.add('write', error, true);
      this.#retry();
      return false;
    }
  }

  /** Whether it is known now what is stored. */
  async #look(era: number, answer?: Promise<unknown>): Promise<boolean> {
    try {
      const stored = await this.#reads.inTime(answer);
      return era === this.#era && this.#learn(stored);
    } catch (error) {
      if (era !== this.#era) return false;
      this.#failures.add('read', error);
      this.#retry();
      return false;
    }
  }

  #learn(stored: unknown): boolean {
    if (isNone(stored)) this.#knowNone(stored);
    else if (!this.#open(stored)) return false;
    this.#takesStored = this.#isStale = false;
    this.#failures.overcome();
    return true;
  }

  #open(stored: unknown): boolean {
    const { gate, port } = this.#options;
    try {
      const record = gate.open(stored);
      const isTaken = !this.#takesStored || port.beginLog(record);
      if (!isTaken && !isAhead(port.recordLog(), record)) {
        throw new SnapshotRefused('undecodable', 'the stored log does not hold');
      }
    } catch (error) {
      this.#failures.add('read', error);
      return false;
    }
    this.#known = { snapshot: stored, isOwn: false };
    return true;
  }

  /** Whether another try is due at once, if there is something to write. */
  async #write(isLast: boolean): Promise<boolean> {
    const era = this.#era;
    const { port, place } = this.#options;
    let record = port.recordLog();
    if (record === undefined && !isLast) {
      await Promise.resolve(); // a dispatch is under way
      record = port.recordLog();
    }
    const over = this.#known;
    if (era !== this.#era || this.#mustLook || over === undefined || record === undefined) {
      return false;
    }
    this.#hasChanged = false;
    const stored = recordOf(over.snapshot);
    if (isAhead(stored, record) || isSame(stored, record)) return true;
    let snapshot;
    try {
      // No two have the same time.
      snapshot = this.#options.gate.seal(record, Date.now() + Math.random());
    } catch (error) {
      this.#failures.add('write', error);
      return true;
    }
    const own = { snapshot, isOwn: true };
    this.#known = own;
    try {
      const isWritten = await place.write(snapshot, over, isLast);
      if (era !== this.#era) return false;
      if (isWritten) {
        this.#failures.overcome();
        return true;
      }
      this.#isStale = true;
    } catch (error) {
      if (era !== this.#era) return false;
      this.#failures.add('write', error);
      this.#retry();
    }
    if (this.#known === own) this.#known = over;
    this.#hasChanged = true;
    return this.#isStale;
  }

  /** The page may be gone after this task. */
  #writeAtOnce(): void {
    if (this.#hasEnded || !this.#hasChanged) return;
    this.#writeTimer.cancel();
    const isOneWriteLeft = this.#page.isGoing && this.#options.place.writesInTurn;
    if (isOneWriteLeft)
      this.#writeTimer.set(0); // unless the document is hidden before
    else if (this.#mustLook || this.#removals.isDue || this.#isReading) void this.#exchange();
    else void this.#write(true).then(() => (this.#isStale ? this.#exchange() : undefined));
  }

  #retry(): void {
    if (!this.#hasEnded) this.#failures.retry();
  }
}
