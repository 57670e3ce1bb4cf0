import { portOf } from '../bridge/heard.js';
import { Changes, isLater, type Unwritten } from './changes.js';
import { Failures } from './failures.js';
import { PageLife } from './page-life.js';
import { PatientReads } from './patient-reads.js';
import type { PersistedStore, PersistenceStatus, SnapshotRefusal } from './persisted-store.js';
import { isKnown, type Known, type Place } from './place.js';
import { isNone, Removals, type Removal } from './removals.js';
import { Restoring, type Hydration } from './restoring.js';
import { Schedule } from './schedule.js';
import type { SnapshotGate } from './snapshot-gate.js';
import { timeOf, type Snapshot, type SnapshotContract } from './snapshot.js';

interface KeepingOptions {
  readonly store: PersistedStore;
  readonly key: string;
  readonly place: Place;
  readonly gate: SnapshotGate;
  readonly rules: SnapshotContract;
  /** Milliseconds from a change until it is written, with all that follow meanwhile. */
  readonly every: number | 'never';
  /** Milliseconds that the storage has for an answer. */
  readonly timeout: number;
  refusalOf(direction: SnapshotRefusal['direction'], error: unknown): SnapshotRefusal;
  onRefused(refusal: SnapshotRefusal): void;
}

/** How often one exchange with the storage finds that another page was faster, before it waits. */
const ROUNDS = 4;

/**
 * One slice and its snapshot. What is written always takes the place of what is known: of the snapshot that
 * was read or written last. One that is not known, since the storage did not give it or another page has
 * written it, is looked at first; one that cannot be read is never written over.
 *
 *     unread ──look──> known ──another page wrote──> stale ──look──> known
 *        │                └──────write────> known      │
 *        └──────────look──> blocked <──────look────────┘
 */
export class Keeping {
  readonly #options: KeepingOptions;
  readonly #changes: Changes;
  readonly #restoring: Restoring;
  readonly #page: PageLife;
  readonly #writeTimer = new Schedule(() => void this.#exchange());
  readonly #failures: Failures;
  readonly #reads: PatientReads;
  readonly #removals = new Removals();
  #stopListening: () => void = () => undefined;
  #known: Known | undefined;
  /** Whether what is stored is to become the state: until it was read, and after a return. */
  #takesStored = true;
  #isStale = false;
  #isReading = true;
  /** Whether an answer of the storage is out for longer than it should be. */
  #isAwaited = false;
  #hasEnded = false;
  /** What began in an earlier one no longer counts: `clear` and the end begin another. */
  #era = 0;
  #exchanging: Promise<void> | undefined;

  constructor(options: KeepingOptions) {
    const { store, key, rules, place, timeout } = options;
    this.#options = options;
    this.#failures = new Failures({
      refusalOf: (direction, error) => options.refusalOf(direction, error),
      onRefused: (refusal) => options.onRefused(refusal),
      again: () => void this.#exchange(),
    });
    this.#reads = new PatientReads(place, timeout);
    this.#changes = new Changes(store, key);
    this.#restoring = new Restoring({
      ...{ store, key, never: rules.never },
      onInjected: () => this.#watchChanges(),
      change: (make) => this.#changes.except(make),
      onFailed: (error) => {
        this.#known = undefined;
        this.#takesStored = true;
        this.#failures.add('read', error);
      },
    });
    this.#page = new PageLife({
      onHidden: () => this.#writeAtOnce(),
      onGone: () => this.#stopListening(),
      onShown: () => this.#listen(),
      onReturn: () => void this.#return(),
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

  async begin(): Promise<Hydration> {
    const era = this.#era;
    this.#restoring.begin();
    this.#listen();
    const answer = this.#reads.readTwice();
    try {
      const stored = await this.#reads.inTime(answer);
      if (era === this.#era) this.#isReading = false;
      const isLearnt = era === this.#era && this.#learn(stored);
      if (era !== this.#era) return this.#hasEnded ? 'refused' : 'empty';
      if (isLearnt && !isNone(stored)) return 'restored';
      this.#restoring.leave();
      return isLearnt ? 'empty' : 'refused';
    } catch (error) {
      if (era !== this.#era) return this.#hasEnded ? 'refused' : 'empty';
      this.#failures.add('read', error);
      this.#restoring.leave();
      void this.#followUp(answer, era);
      return 'refused';
    } finally {
      if (era === this.#era) this.#isReading = false;
      if (era === this.#era && this.#options.every === 'never' && !this.#mustLook) this.#end();
    }
  }

  /** Resolves with whether all is written. */
  async flush(): Promise<boolean> {
    while (this.#exchanging !== undefined) await this.#exchanging;
    await this.#exchange(true);
    await this.#options.place.written();
    return this.#changes.unwritten === undefined && this.refusal === undefined;
  }

  async clear(): Promise<void> {
    this.#forget();
    this.#removals.demand();
    await this.#exchange(true);
  }

  async stop(): Promise<void> {
    const flushed = this.#isReading ? undefined : this.flush();
    // What is to be written in this task is on its way; what waits is not to be cut off.
    if (flushed !== undefined) await flushed;
    this.#restoring.stop();
    this.#end();
  }

  /** After an answer that was not given in time, or a failure. */
  async #followUp(answer: Promise<unknown>, era: number): Promise<void> {
    this.#isAwaited = true;
    const isAnswered = await answer.then(
      () => true,
      () => false,
    );
    if (era !== this.#era) return;
    this.#isAwaited = false;
    if (isAnswered) void this.#exchange(false, answer);
    else this.#retry();
  }

  readonly #watchChanges = (): void => {
    const { every } = this.#options;
    if (every === 'never' || this.#hasEnded) return;
    const onChange = ({ at }: Unwritten) => {
      if (this.#page.isHidden) queueMicrotask(() => this.#writeAtOnce());
      else if (this.#isStale) this.#writeTimer.set(0);
      // What came over the bridge is for the page to write that sent it, if that keeps the slice.
      else this.#writeTimer.set(at === undefined ? 2 * every : every);
    };
    this.#changes.watch(onChange, () => this.#end());
  };

  #listen(): void {
    this.#stopListening();
    this.#stopListening = this.#options.place.watch((change, removal) => {
      if (change === 'removed') this.#hearOfRemoval(removal);
      else {
        this.#isStale = true;
        if (this.#changes.unwritten !== undefined) this.#writeTimer.set(0);
      }
    });
  }

  /** What is yet to be told of the time away is no news any more once the storage was looked at. */
  async #return(): Promise<void> {
    this.#takesStored = true;
    await this.flush();
    setTimeout(() => this.#hasEnded || this.#listen());
  }

  #hearOfRemoval(removal?: Removal): void {
    if (this.#removals.isOld(removal)) return;
    const isBack = this.#takesStored && this.#known !== undefined;
    this.#forget();
    this.#knowNone(removal);
    if (isBack) this.#restoring.startAnew();
  }

  /** The snapshot was removed, here or elsewhere: nothing that comes of it counts any more. */
  #forget(): void {
    this.#era += 1;
    this.#reads.abandon();
    this.#writeTimer.cancel();
    this.#failures.stopRetrying();
    this.#changes.drop();
    this.#knowNone(undefined);
    this.#takesStored = this.#isStale = this.#isReading = this.#isAwaited = false;
    this.#failures.forget();
    this.#exchanging = undefined;
    this.#restoring.abandon();
  }

  #knowNone(stored: Removal | undefined): void {
    this.#known = { snapshot: stored, isOwn: false };
    this.#removals.learn(stored);
  }

  get #mustLook(): boolean {
    return this.#takesStored || this.#isStale || this.refusal?.direction === 'read';
  }

  #exchange(isAsked = false, answer?: Promise<unknown>): Promise<void> {
    if (this.#exchanging === undefined) {
      const exchanging = this.#run(isAsked, answer).finally(() => {
        if (this.#exchanging === exchanging) this.#exchanging = undefined;
      });
      this.#exchanging = exchanging;
    }
    return this.#exchanging;
  }

  /** Does what is due, in turn with other pages: removes, looks, writes. */
  async #run(isAsked: boolean, answer?: Promise<unknown>): Promise<void> {
    const era = this.#era;
    this.#writeTimer.cancel();
    if (this.#removals.isDue && !(await this.#remove())) return;
    for (let round = 0; round < ROUNDS; round++) {
      if (era !== this.#era || this.#hasEnded || this.#isReading || this.#isAwaited) return;
      if (this.#mustLook && !(await this.#look(era, round === 0 ? answer : undefined))) return;
      if (era !== this.#era || this.#changes.unwritten === undefined) return;
      if (!(await this.#write(isAsked))) return;
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
      this.#failures.forget();
      return true;
    } catch (error) {
      if (era === this.#era) this.#failures.add('write', error, true);
      this.#retry();
      return false;
    }
  }

  /** Whether it is known now what is stored. */
  async #look(era: number, answer?: Promise<unknown>): Promise<boolean> {
    const isLate = !this.#takesStored && this.#changes.unwritten?.at === undefined;
    if (isLate && this.refusal === undefined) {
      this.#changes.drop();
      return true; // of two pages that heard the same, the other was faster
    }
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

  /** Whether what is stored could be read. If another page wrote it, the later change is the one to keep. */
  #learn(stored: unknown): boolean {
    if (this.#known === undefined || !isKnown(stored, this.#known)) {
      if (isNone(stored)) this.#learnRemoval(stored);
      else if (!this.#open(stored)) return false;
    }
    this.#takesStored = this.#isStale = false;
    this.#failures.overcome();
    return true;
  }

  /** Another page has cleared it, or there never was one. */
  #learnRemoval(stored: Removal | undefined): void {
    if (this.#known !== undefined) this.#changes.drop();
    if (this.#known !== undefined && this.#takesStored) this.#restoring.startAnew();
    this.#knowNone(stored);
  }

  #open(stored: unknown): boolean {
    let state;
    try {
      state = this.#options.gate.open(stored);
    } catch (error) {
      this.#failures.add('read', error);
      return false;
    }
    if (this.#takesStored || !isLater(this.#changes.unwritten, stored)) this.#changes.drop();
    this.#known = { snapshot: stored, isOwn: false };
    if (!this.#takesStored) return true;
    this.#restoring.take(state, (stored as Snapshot).heard);
    return this.#known !== undefined; // the slice may have refused it
  }

  /** Whether another try is due at once, if there is something to write. */
  async #write(isAsked: boolean, isLast = false): Promise<boolean> {
    const era = this.#era;
    const port = portOf(this.#options.store);
    let heard = port?.heard();
    if (heard === undefined && port !== undefined) {
      await Promise.resolve(); // a dispatch is under way, whose action the state may hold already
      heard = port.heard();
    }
    const [over, unwritten] = [this.#known, this.#changes.unwritten];
    if (era !== this.#era || this.#mustLook) return false;
    if (over === undefined || unwritten === undefined) return false;
    const snapshot = this.#seal(unwritten, over, heard);
    this.#changes.drop();
    if (snapshot === undefined) return true;
    const own = { snapshot, isOwn: true };
    this.#known = own;
    let failure: { error: unknown } | undefined;
    const isWritten = await this.#options.place.write(snapshot, over, isLast).catch((error) => {
      failure = { error };
      return false;
    });
    if (era !== this.#era) return false;
    if (isWritten) {
      this.#failures.overcome();
      return true;
    }
    this.#changes.add(unwritten);
    if (this.#known === own) this.#known = over;
    if (failure === undefined) this.#isStale = true;
    else {
      this.#failures.add('write', failure.error, isAsked);
      this.#retry();
    }
    return failure === undefined;
  }

  #seal({ at }: Unwritten, over: Known, heard: object = {}): Snapshot | undefined {
    const { store, key, gate } = this.#options;
    // A change of another page is no later than that page's own snapshot of it.
    const savedAt = at ?? timeOf(over.snapshot) + Math.random();
    try {
      const snapshot = gate.seal(store.read([key]), savedAt);
      return Object.keys(heard).length === 0 ? snapshot : { ...snapshot, heard };
    } catch (error) {
      this.#failures.add('write', error, true);
      return undefined;
    }
  }

  /** The page may be gone after this task. */
  #writeAtOnce(): void {
    if (this.#hasEnded || this.#changes.unwritten === undefined) return;
    this.#writeTimer.cancel();
    const isOneWriteLeft = this.#page.isGoing && this.#options.place.writesInTurn;
    if (isOneWriteLeft)
      this.#writeTimer.set(0); // unless the document is hidden before
    else if (this.#mustLook || this.#removals.isDue || this.#isReading) void this.#exchange();
    else void this.#write(false, true).then(() => (this.#isStale ? this.#exchange() : undefined));
  }

  #retry(): void {
    if (!this.#hasEnded) this.#failures.retry();
  }

  #end(): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    this.#era += 1;
    this.#reads.abandon();
    this.#writeTimer.cancel();
    this.#failures.stopRetrying();
    this.#changes.stop();
    this.#page.stop();
    this.#stopListening();
    this.#restoring.release();
    this.#options.gate.dispose();
  }
}
