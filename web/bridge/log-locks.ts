import type { LogOutcome } from '../engine/log-outcome.js';
import type { TransportLockRequest, TransportLocks } from './transport.js';

/** What becomes of a request for the keeper's lock. */
export interface KeeperEvents {
  onGranted(): void;
  /** It was stolen, or will never be granted. */
  onLost(): void;
}

/**
 * The locks of a replica: `isthmus/<channel>/replica/<id>` is held while its page is there, asleep or not,
 * and `isthmus/<channel>/keeper` by the one that settles. Without locks nothing is held, and no request is
 * answered.
 */
export class LogLocks {
  readonly #locks: TransportLocks | undefined;
  readonly #replicas: string;
  readonly #keeper: string;
  #lock: 'none' | 'asked' | 'held' = 'none';
  #giveBack: () => void = () => undefined;

  constructor(locks: TransportLocks | undefined, channel: string) {
    this.#locks = locks;
    this.#replicas = `isthmus/${channel}/replica/`;
    this.#keeper = `isthmus/${channel}/keeper`;
  }

  /** Tells, at once or in a later task, which replicas are there; undefined where no locks can tell. */
  present(tell: (ids: readonly string[] | undefined) => void): void {
    if (this.#locks === undefined) return tell(undefined);
    this.#locks.held((names) => tell(names?.flatMap((name) => this.#idIn(name))));
  }

  #idIn(name: string): readonly string[] {
    return name.startsWith(this.#replicas) ? [name.slice(this.#replicas.length)] : [];
  }

  /** The replica is there until what this returns is called. */
  hold(id: string): () => void {
    return this.#request(`${this.#replicas}${id}`, {});
  }

  /** Whether the keeper's is here, or waited for. */
  get keeper(): 'none' | 'asked' | 'held' {
    return this.#lock;
  }

  /** Of the keeper's: what was asked for before is given back, or taken back. */
  use(wish: LogOutcome['lock'], events: KeeperEvents): void {
    if (wish === 'none') return;
    this.#giveBack();
    this.#giveBack = () => undefined;
    this.#lock = 'none';
    if (wish !== 'release') this.#ask(wish === 'steal', events);
  }

  #ask(steal: boolean, { onGranted, onLost }: KeeperEvents): void {
    this.#lock = 'asked';
    this.#giveBack = this.#request(this.#keeper, {
      steal,
      onGranted: () => {
        this.#lock = 'held';
        onGranted();
      },
      onLost: () => {
        this.#lock = 'none';
        onLost();
      },
    });
  }

  #request(name: string, request: TransportLockRequest): () => void {
    return this.#locks?.request(name, request) ?? (() => undefined);
  }
}
