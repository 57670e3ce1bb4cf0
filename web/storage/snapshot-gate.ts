import {
  createIsolatedStore,
  crossApp,
  isBridged,
  plain,
  type Action,
  type Contract,
  type DropReason,
  type IsolatedStore,
  type JsonSchema,
  type Middleware,
  type Transport,
} from 'isthmus';

import { storable } from './storable.js';

/** What a slice's snapshots look like: the rules of a {@link Contract}, for a state. */
export interface SnapshotContract extends Pick<
  Contract,
  'never' | 'upcast' | 'credentials' | 'assertFormats'
> {
  /** Of the state's shape; the slice's own by default. What no `upcast` carries to it is refused. */
  readonly schemaVersion?: number;
  /** What the state must look like, without the `never` paths. */
  readonly state?: JsonSchema;
}

/** Why a snapshot was not taken, never with anything that it holds. */
export class SnapshotRefused extends Error {
  readonly reason: DropReason | 'storage';

  constructor(reason: DropReason | 'storage', message: string) {
    super(message);
    this.reason = reason;
  }
}

/** What is stored. No two have the same version and time. */
export interface Snapshot {
  readonly schemaVersion: number;
  /** When the state was last changed by the page that saved it, in milliseconds since 1970. */
  readonly savedAt: number;
  readonly state: unknown;
  /** What the state holds of other pages' messages, as the port of the store tells it. */
  readonly heard?: unknown;
}

interface Envelope {
  readonly schemaVersion: number;
  readonly action: { readonly payload: unknown };
}

/** The most that a bridge may be told to let through. */
const LIMITS = { bytes: 16 * 1024 * 1024, depth: 200, entries: 4_000_000 };

/**
 * Checks snapshots on their way out and in. A snapshot is a message that a store sends to a later page: so
 * it passes a bridge of its own, whose contract keeps secrets at home, carries old versions to the present
 * one and checks the schema, and whose channel leads to whoever calls this.
 */
export class SnapshotGate {
  readonly #type: string;
  readonly #store: IsolatedStore;
  #deliver: (message: unknown) => void = () => undefined;
  #posted: Envelope | undefined;
  #opened = 0;
  #onOpened: (state: unknown) => void = () => undefined;
  #onRefused: (why: SnapshotRefused) => void = () => undefined;

  /** @throws EngineError for a contract that is wrong. */
  constructor(key: string, contract: SnapshotContract) {
    this.#type = `${key}/snapshot`;
    this.#store = this.#createStore(contract);
  }

  #createStore({ state, ...rules }: SnapshotContract): IsolatedStore {
    const contract = { ...rules, ...(state !== undefined && { payload: state }) };
    return createIsolatedStore({
      name: 'snapshots',
      contract: { [this.#type]: contract },
      middleware: [this.#take],
      bridge: {
        transport: () => this.#transport(),
        limits: LIMITS,
        onDrop: ({ reason, message }) => this.#onRefused(new SnapshotRefused(reason, message)),
      },
    });
  }

  /** @throws SnapshotRefused if the contract does not let the state leave. */
  seal(state: unknown, savedAt: number): Snapshot {
    const { schemaVersion, action } = this.#post(state);
    return { schemaVersion, savedAt, state: action.payload };
  }

  #post(state: unknown): Envelope {
    let refused = new SnapshotRefused('off', 'the bridge is closed');
    const onRefused = this.#onRefused;
    this.#onRefused = (why) => (refused = why);
    this.#posted = undefined;
    this.#store.dispatch(crossApp({ type: this.#type, payload: storable(state) }));
    this.#onRefused = onRefused;
    if (this.#posted === undefined) throw refused;
    return this.#posted;
  }

  /** The state of a snapshot in the present version; rejects with SnapshotRefused. */
  open(snapshot: unknown): Promise<unknown> {
    return new Promise((resolve, reject) => {
      if (!isSnapshot(snapshot)) {
        reject(new SnapshotRefused('undecodable', 'what is stored there is no snapshot'));
        return;
      }
      this.#onOpened = resolve;
      this.#onRefused = reject;
      this.#deliver(this.#envelope(snapshot));
    });
  }

  dispose(): void {
    this.#onRefused(new SnapshotRefused('off', 'it was stopped'));
    this.#store.dispose();
  }

  readonly #take: Middleware = () => (next) => (action) => {
    if (!isBridged(action)) return next(action);
    this.#onOpened(plain((action as Action & { payload?: unknown }).payload));
    return undefined;
  };

  #transport(): Transport {
    return {
      post: (message) => (this.#posted = message as Envelope),
      onMessage: (listener) => (this.#deliver = listener),
      close: () => undefined,
    };
  }

  #envelope({ schemaVersion, state }: Snapshot): object {
    const action = crossApp({ type: this.#type, payload: state });
    return {
      isthmus: 1,
      sender: 'storage',
      from: 'snapshots',
      seq: ++this.#opened,
      clock: 0,
      schemaVersion,
      action,
    };
  }
}

export function isSnapshot(stored: unknown): stored is Snapshot {
  return (
    typeof stored === 'object' &&
    stored !== null &&
    Object.hasOwn(stored, 'schemaVersion') &&
    Object.hasOwn(stored, 'state')
  );
}
