import type { DropReason } from 'isthmus';

import { reportLater } from '../base/listeners.js';
import type { PayloadDecision, PayloadGate } from '../engine/payload-gate.js';
import { engineOfPage, loadCrossing } from './page-engine.js';
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
  /** Resolves when it can be used; undefined if it can be by now. */
  readonly ready: Promise<void> | undefined;
  #gate: PayloadGate | undefined;
  #isDisposed = false;

  /**
   * @throws EngineError for a contract that is wrong, IsthmusError without an engine that can do it. Where the code for
   * that has yet to be loaded, `ready` rejects instead, and the error is told.
   */
  constructor(key: string, { state, ...rules }: SnapshotContract) {
    const contract = { ...rules, ...(state !== undefined && { payload: state }) };
    const options = { type: `${key}/snapshot`, contract, limits: LIMITS };
    const engine = engineOfPage();
    if (engine.crossing !== undefined) this.#gate = engine.crossing.createGate(options);
    else {
      this.ready = loadCrossing(engine).then((crossing) => {
        if (!this.#isDisposed) this.#gate = crossing.createGate(options);
      });
      this.ready.catch(reportLater);
    }
  }

  /** @throws SnapshotRefused if the contract does not let the state leave. */
  seal(state: unknown, savedAt: number): Snapshot {
    if (state === undefined) throw new SnapshotRefused('undecodable', 'the slice has no state');
    const { schemaVersion, payload } = passed(this.#gate!.outbound(state));
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
    return passed(this.#gate!.inbound({ schemaVersion, payload: state })).payload;
  }

  /** To be called once; nothing can be checked any more. */
  dispose(): void {
    this.#isDisposed = true;
    this.#gate?.destroy();
  }
}

function passed(decision: PayloadDecision): PayloadDecision & { verdict: 'passed' } {
  if (decision.verdict === 'passed') return decision;
  throw new SnapshotRefused(decision.reason as DropReason, decision.message);
}
