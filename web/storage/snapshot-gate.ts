import type { DropReason } from 'isthmus';

import type { PayloadDecision, PayloadGate } from '../engine/payload-gate.js';
import { engineOfPage } from './page-engine.js';
import { isSnapshot, type Snapshot, type SnapshotContract } from './snapshot.js';

/** Why a snapshot was not taken, never with anything that it holds. */
export class SnapshotRefused extends Error {
  readonly reason: DropReason | 'storage';

  constructor(reason: DropReason | 'storage', message: string) {
    super(message);
    this.reason = reason;
  }
}

/** The most that a bridge may be told to let through. */
const LIMITS = { bytes: 16 * 1024 * 1024, depth: 200, entries: 4_000_000 };

/**
 * Checks snapshots on their way out and in. A snapshot is a message that a store sends to a later page: so
 * the engine holds it to a contract as it does on the bridge, which keeps secrets at home, carries old
 * versions to the present one and checks the schema.
 */
export class SnapshotGate {
  readonly #gate: PayloadGate;

  /** @throws EngineError for a contract that is wrong, IsthmusError without an engine that can do it. */
  constructor(key: string, { state, ...rules }: SnapshotContract) {
    const contract = { ...rules, ...(state !== undefined && { payload: state }) };
    const options = { type: `${key}/snapshot`, contract, limits: LIMITS };
    this.#gate = engineOfPage().createGate(options);
  }

  /** @throws SnapshotRefused if the contract does not let the state leave. */
  seal(state: unknown, savedAt: number): Snapshot {
    if (state === undefined) throw new SnapshotRefused('undecodable', 'the slice has no state');
    const { schemaVersion, payload } = passed(this.#gate.outbound(state));
    return { schemaVersion, savedAt, state: payload };
  }

  /**
   * The state of a snapshot in the present version.
   *
   * @throws SnapshotRefused
   */
  open(stored: unknown): unknown {
    if (!isSnapshot(stored)) {
      throw new SnapshotRefused('undecodable', 'what is stored there is no snapshot');
    }
    const { schemaVersion, state } = stored;
    return passed(this.#gate.inbound({ schemaVersion, payload: state })).payload;
  }

  /** To be called once; nothing can be checked any more. */
  dispose(): void {
    this.#gate.destroy();
  }
}

function passed(decision: PayloadDecision): PayloadDecision & { verdict: 'passed' } {
  if (decision.verdict === 'passed') return decision;
  throw new SnapshotRefused(decision.reason as DropReason, decision.message);
}
