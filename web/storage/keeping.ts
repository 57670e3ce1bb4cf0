import { later, type Unwritten } from './changes.js';
import { Failures } from './failures.js';
import type { Kept } from './kept.js';
import { PageLife } from './page-life.js';
import { PatientReads } from './patient-reads.js';
import type { PersistenceStatus, SnapshotRefusal } from './persisted-store.js';
import { isKnown, type Known, type Place } from './place.js';
import { isNone, Removals, type Removal } from './removals.js';
import type { Hydration } from './restoring.js';
import { Schedule } from './schedule.js';
import type { Snapshot } from './snapshot.js';

interface KeepingOptions<T> {
  readonly kept: Kept<T>;
  /** In what is told of it. */
  readonly key: string;
  readonly place: Place;
  /** Milliseconds from a change until it is written, with all that follow meanwhile. */
  readonly every: number | 'never';
  /** Milliseconds that the storage has for an answer. */
  readonly timeout: number;
  onRefused(this: void, refusal: SnapshotRefusal): void;
}

/** One exchange with the storage. */
interface Exchange {
  /** Whether somebody waits for it, who is to hear of a failure again. */
  readonly isAsked?: boolean;
  /** Whether nothing is to be written, unless that falls due meanwhile. */
  readonly isLook?: boolean;
  /** Of a read that was begun before. */
  readonly answer?: Promise<unknown>;
}

/** How often one exchange with the storage finds that another page was faster, before it waits. */
const ROUNDS = 4;

/**
 * What is kept and its snapshot. What is written always takes the place of what is known: of the snapshot that
 * was read or written last. One that is not known, since the storage did not give it or another page has
 * written it, is looked at first; one that cannot be read is never written over.
 *
 *     unread ──look──> known ──another page wrote──> stale ──look──> known
 *        │                └──────write────> known      │
 *        └──────────look──> blocked <──────look────────┘
 */
export class Keeping<T = unknown> {
  readonly #options: KeepingOptions<T>;
  readonly #kept: Kept<T>;
  readonly #page: PageLife;
  readonly #writeTimer = new Schedule(() => void this.#exchange());
  readonly #failures: Failures;
  readonly #reads: PatientReads;
  readonly #removals = new Removals();
  #stopListening: () => void = () => undefined;
  #known: Known | undefined;
  #unwritten: Unwritten | undefined;
  /** Whether what is stored is to be gone on with: until it was read, and after a return. */
  #takesStored = true;
  #isStale = false;
  #isReading = true;
  /** Whether an answer of the storage is out for longer than it should be. */
  #isAwaited = false;
  #hasEnded = false;
  /** What began in an earlier one no longer counts: `clear` and the end begin another. */
  #era = 0;
  #exchanging: Promise<void> | undefined;
  /** Whether that only looks. */
  #isLook = false;

  constructor(options: KeepingOptions<T>) {
    const { kept, key, place, timeout, onRefused } = options;
    this.#options = options;
    this.#kept = kept;
    this.#failures = new Failures({ key, onRefused, again: () => void this.#exchange() });
    this.#reads = new PatientReads(place, timeout);
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
    this.#kept.begin({
      onChange: (change) => this.#changed(change),
      onReplaced: () => (this.#unwritten = undefined),
      onGone: () => this.#end(false),
      onFailed: (error) => {
        this.#known = undefined;
        this.#takesStored = true;
        this.#failures.add('read', error);
      },
    });
    this.#listen();
    const answer = this.#reads.readTwice();
    try {
      const stored = await this.#reads.inTime(answer);
      if (era === this.#era) this.#isReading = false;
      const isLearnt = era === this.#era && this.#learn(stored);
      if (era !== this.#era) return this.#hasEnded ? 'refused' : 'empty';
      if (isLearnt && !isNone(stored)) return 'restored';
      this.#kept.leave();
      return isLearnt ? 'empty' : 'refused';
    } catch (error) {
      if (era !== this.#era) return this.#hasEnded ? 'refused' : 'empty';
      this.#isReading = false;
      this.#failures.add('read', error);
      this.#kept.leave();
      void this.#followUp(answer, era);
      return 'refused';
    } finally {
      const isDone = this.#options.every === 'never' && !this.#mustLook;
      if (era === this.#era && isDone) this.#end(false);
    }
  }

  /** Resolves with whether all is written. */
  async flush(): Promise<boolean> {
    while (this.#exchanging !== undefined) await this.#exchanging;
    await this.#exchange({ isAsked: true });
    await this.#options.place.written();
    return this.#unwritten === undefined && this.refusal === undefined;
  }

  async clear(): Promise<void> {
    this.#forget();
    this.#removals.demand();
    await this.#exchange({ isAsked: true });
  }

  /** What is to be written in this task is on its way; what waits is not to be cut off. */
  async stop(): Promise<void> {
    if (!this.#isReading) await this.flush();
    this.#end(true);
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
    if (isAnswered) void this.#exchange({ answer });
    else this.#retry();
  }

  #changed(change: Unwritten): void {
    const { every } = this.#options;
    if (this.#hasEnded || every === 'never') return;
    this.#unwritten = later(this.#unwritten, change);
    if (this.#page.isHidden) return queueMicrotask(() => this.#writeAtOnce());
    // What came over the bridge is for the page to write that sent it, if that keeps the slice.
    this.#writeTimer.set(change.at === undefined ? 2 * every : every);
    if (this.#isStale) this.#lookAtOnce();
  }

  #listen(): void {
    this.#stopListening();
    this.#stopListening = this.#options.place.watch((change, removal) => {
      if (change === 'removed') this.#hearOfRemoval(removal);
      else {
        this.#isStale = true;
        this.#lookAtOnce();
      }
    });
  }

  /** There may be no time for it when the page goes. */
  #lookAtOnce(): void {
    void this.#exchange({ isLook: true });
  }

  /** What is yet to be told of the time away is no news any more once the storage was looked at. */
  async #return(): Promise<void> {
    this.#takesStored = true;
    await this.flush();
    setTimeout(() => this.#hasEnded || this.#listen());
  }

  #hearOfRemoval(removal?: Removal): void {
    if (!this.#removals.isOld(removal)) this.#forget(removal);
  }

  /** The snapshot was removed, here or elsewhere: nothing that comes of it counts any more. */
  #forget(removal?: Removal): void {
    const isBack = this.#takesStored && this.#known !== undefined;
    this.#era += 1;
    this.#reads.abandon();
    this.#writeTimer.cancel();
    this.#failures.stopRetrying();
    this.#failures.forget();
    this.#knowNone(removal);
    this.#unwritten = this.#exchanging = undefined;
    this.#takesStored = this.#isStale = this.#isReading = this.#isAwaited = false;
    this.#kept.forget(isBack);
  }

  #knowNone(stored: Removal | undefined): void {
    this.#known = { snapshot: stored, isOwn: false };
    this.#removals.learn(stored);
  }

  get #mustLook(): boolean {
    return this.#takesStored || this.#isStale || this.refusal?.direction === 'read';
  }

  #exchange(how: Exchange = {}): Promise<void> {
    const { isLook = false } = how;
    if (!isLook || this.#exchanging === undefined) this.#isLook = isLook;
    if (this.#exchanging === undefined) {
      const exchanging = this.#run(how).finally(() => {
        if (this.#exchanging === exchanging) this.#exchanging = undefined;
      });
      this.#exchanging = exchanging;
    }
    return this.#exchanging;
  }

  /** Does what is due, in turn with other pages: removes, looks, writes. */
  async #run({ isAsked = false, answer }: Exchange): Promise<void> {
    const era = this.#era;
    if (!this.#isLook) this.#writeTimer.cancel();
    if (this.#removals.isDue && !(await this.#remove())) return;
    for (let round = 0; round < ROUNDS; round++) {
      if (era !== this.#era || this.#hasEnded || this.#isReading || this.#isAwaited) return;
      if (this.#mustLook && !(await this.#look(era, round === 0 ? answer : undefined))) return;
      if (era !== this.#era || this.#isLook || this.#unwritten === undefined) return;
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
    const mayYield = !this.#takesStored && this.refusal === undefined;
    if (mayYield && this.#kept.isSeenTo(this.#unwritten)) {
      this.#unwritten = undefined;
      return true;
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

  /** Whether what is stored could be read. */
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
    const isCleared = this.#known !== undefined;
    this.#knowNone(stored);
    if (!isCleared) return;
    this.#unwritten = undefined;
    this.#kept.forget(this.#takesStored);
  }

  #open(stored: unknown): boolean {
    const before = this.#known;
    this.#known = { snapshot: stored, isOwn: false };
    try {
      this.#kept.take(stored, this.#takesStored, this.#unwritten);
    } catch (error) {
      this.#known = before;
      this.#failures.add('read', error);
      return false;
    }
    return this.#known !== undefined; // onFailed may have been told
  }

  /** Whether another try is due at once, if there is something to write. */
  async #write(isAsked: boolean, isLast = false): Promise<boolean> {
    const era = this.#era;
    const read = () => this.#kept.read(isAsked || isLast || this.#page.isHidden);
    const now = read() ?? (await Promise.resolve().then(read));
    const [over, unwritten] = [this.#known, this.#unwritten];
    if (era !== this.#era || this.#mustLook || now === undefined) return false;
    if (over === undefined || unwritten === undefined) return false;
    this.#unwritten = undefined;
    const snapshot = this.#seal(now, unwritten, over, isAsked);
    if (snapshot === undefined) return false;
    const own = { snapshot, isOwn: true };
    this.#known = own;
    const writing = this.#options.place.write(snapshot, over, isLast);
    const outcome = await writing.catch((error: unknown) => ({ error }));
    if (era !== this.#era) return false;
    if (outcome === true) {
      this.#failures.overcome();
      return true;
    }
    this.#unwritten = later(this.#unwritten, unwritten);
    if (this.#known === own) this.#known = over;
    if (outcome === false) this.#isStale = true;
    else {
      this.#failures.add('write', outcome.error, isAsked);
      this.#retry();
    }
    return outcome === false;
  }

  #seal(now: T, unwritten: Unwritten, over: Known, isAsked: boolean): Snapshot | undefined {
    try {
      return this.#kept.seal(now, unwritten, over);
    } catch (error) {
      this.#failures.add('write', error, isAsked);
      return undefined;
    }
  }

  /** The page may be gone after this task. */
  #writeAtOnce(): void {
    if (this.#hasEnded || this.#unwritten === undefined) return;
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

  #end(isStopped: boolean): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    this.#era += 1;
    this.#unwritten = undefined;
    this.#reads.abandon();
    this.#writeTimer.cancel();
    this.#failures.stopRetrying();
    this.#page.stop();
    this.#stopListening();
    this.#kept.end(isStopped);
  }
}
