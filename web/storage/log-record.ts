import type { LogPort } from '../bridge/kept-log.js';
import { engineOfPage, loadCrossing } from './page-engine.js';
import { SnapshotGate, SnapshotRefused } from './snapshot-gate.js';
import { isSnapshot, type Snapshot, type SnapshotContract } from './snapshot.js';

/** Of what is stored. */
const FORM = 1;

type Point = readonly [n: number, epoch: number, keeper: string];

/** A record of a log, as far as it is looked at here; src/log/message.h has all of it. */
interface LogRecord {
  readonly head: Point;
  readonly base?: Point;
  readonly entries?: readonly unknown[];
  readonly slices?: readonly { readonly slice: string; readonly state: unknown }[];
}

/** Rules for the state of a slice in a record: of a {@link SnapshotContract}, those that change nothing. */
export type LogStateContract = Pick<SnapshotContract, 'state' | 'credentials' | 'assertFormats'>;

/** Checks records on their way out and in: their states by contracts, and that no entry may hold a secret. */
export class LogGate {
  readonly #port: Pick<LogPort, 'secretTypes'>;
  readonly #keys: readonly string[] | undefined;
  readonly #contracts: Readonly<Record<string, LogStateContract>>;
  readonly #gates = new Map<string, SnapshotGate>();
  /** As that of {@link SnapshotGate}. */
  readonly ready: Promise<void> | undefined;

  /** Of slices that are not among `keys` no state is stored. */
  constructor(
    port: Pick<LogPort, 'secretTypes'>,
    keys: readonly string[] | undefined,
    contracts: Readonly<Record<string, LogStateContract>>,
  ) {
    this.#port = port;
    this.#keys = keys;
    this.#contracts = contracts;
    const waits = Object.keys(contracts).map((key) => this.#gateOf(key).ready);
    const engine = engineOfPage();
    if (engine.crossing === undefined) {
      this.ready = Promise.all([loadCrossing(engine), ...waits]).then(() => undefined);
    }
  }

  /** @throws SnapshotRefused if anything of it is not to be stored. */
  seal(record: unknown, savedAt: number): Snapshot {
    const { entries = [], slices = [], ...rest } = record as LogRecord;
    const secret = this.#port.secretTypes();
    const kept = entries.find((entry) => secret.has(typeOf(entry) ?? ''));
    if (kept !== undefined) {
      const message = `the contract of '${typeOf(kept)}' allows credentials, and the log still holds such an action`;
      throw new SnapshotRefused('secret', message);
    }
    const stored = slices.filter(({ slice }) => this.#keys?.includes(keyIn(slice)) ?? true);
    for (const { slice, state } of stored) this.#gateOf(keyIn(slice)).seal(state, savedAt);
    return { schemaVersion: FORM, savedAt, state: { ...rest, entries, slices: stored } };
  }

  /**
   * The record that is stored.
   *
   * @throws SnapshotRefused
   */
  open(stored: unknown): unknown {
    const record = recordIn(stored);
    for (const { slice, state } of record.slices ?? []) {
      this.#gateOf(keyIn(slice)).open({ schemaVersion: 1, state });
    }
    return record;
  }

  /** To be called once. */
  dispose(): void {
    for (const gate of this.#gates.values()) gate.dispose();
  }

  #gateOf(key: string): SnapshotGate {
    const gate = this.#gates.get(key) ?? new SnapshotGate(key, this.#contracts[key] ?? {});
    this.#gates.set(key, gate);
    return gate;
  }
}

/** The record in what is stored, whether its states pass or not. */
export function recordOf(stored: unknown): unknown {
  return isSnapshot(stored) && isRecord(stored.state) ? stored.state : undefined;
}

/** Whether a record tells more than another: of two histories the longer stays, as src/log/point.h has it. */
export function isAhead(record: unknown, other: unknown): boolean {
  if (!isRecord(record) || !isRecord(other)) return false;
  const order = compare(record.head, other.head);
  return order === 0 ? countTentative(record) > countTentative(other) : order > 0;
}

/** Whether they tell the same. */
export function isSame(record: unknown, other: unknown): boolean {
  if (!isRecord(record) || !isRecord(other)) return false;
  if (compare(record.head, other.head) !== 0 || placeOf(record) !== placeOf(other)) return false;
  return JSON.stringify(record.entries) === JSON.stringify(other.entries);
}

/** Whether a record has more actions than an earlier one, be they settled or not. */
export function hasMore(record: unknown, earlier: unknown): boolean {
  if (!isRecord(record) || !isRecord(earlier)) return false;
  return record.head[0] + countTentative(record) > earlier.head[0] + countTentative(earlier);
}

function recordIn(stored: unknown): LogRecord {
  if (!isSnapshot(stored)) throw new SnapshotRefused('undecodable', 'what is stored is no log');
  if (stored.schemaVersion !== FORM) {
    const message = 'the stored log is of another version of this package';
    throw new SnapshotRefused('version', message);
  }
  if (isRecord(stored.state)) return stored.state;
  throw new SnapshotRefused('undecodable', 'what is stored is no log');
}

function isRecord(value: unknown): value is LogRecord {
  const fields = (value ?? {}) as Record<string, unknown>;
  const { isthmusLog, head, base = head, entries = [], slices = [] } = fields;
  const arePoints = isPoint(head) && isPoint(base);
  return isthmusLog === 1 && arePoints && Array.isArray(entries) && areStates(slices);
}

function isPoint(value: unknown): value is Point {
  return Array.isArray(value) && Number.isSafeInteger(value[0]) && Number.isSafeInteger(value[1]);
}

function areStates(slices: unknown): boolean {
  if (!Array.isArray(slices)) return false;
  return slices.every((each: unknown) => {
    const { slice, state } = (each ?? {}) as Record<string, unknown>;
    return typeof slice === 'string' && state !== undefined;
  });
}

function compare(a: Point, b: Point): number {
  if (a[0] !== b[0]) return a[0] - b[0];
  if (a[1] !== b[1]) return a[1] - b[1];
  return a[2] === b[2] ? 0 : a[2] > b[2] ? 1 : -1;
}

/** How many entries are settled, and not kept. */
const placeOf = ({ base = [0, 0, ''] }: LogRecord): number => base[0];

function countTentative(record: LogRecord): number {
  const { entries = [], head } = record;
  return entries.length - (head[0] - placeOf(record));
}

/** Names in the log are keys with fingerprints. */
const keyIn = (name: string): string => name.slice(0, Math.max(0, name.lastIndexOf('@')));

function typeOf(entry: unknown): string | undefined {
  const { action } = (entry ?? {}) as { action?: { type?: unknown } };
  return typeof action?.type === 'string' ? action.type : undefined;
}
