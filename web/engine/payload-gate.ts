import { EncodeError } from './codec/encode-error.js';
import type { Funnel } from './funnel.js';
import type { EngineModule } from './module.js';
import { PAYLOAD } from './verdicts.js';

/** What a gate is made with. */
export interface PayloadGateOptions {
  /** Whose contract it is, for messages. */
  readonly type: string;
  readonly contract: unknown;
  /** Of one shape; as a bridge's limits. */
  readonly limits: { readonly bytes: number; readonly depth: number; readonly entries: number };
}

/** A payload in one version. From outside the version may be anything. */
export interface Shape {
  readonly schemaVersion?: unknown;
  readonly payload: unknown;
}

export type PayloadDecision =
  | { verdict: 'passed'; schemaVersion: number; payload: unknown }
  | { verdict: 'refused'; reason: string; message: string };

/**
 * One contract's rules for payloads without an envelope, such as snapshots; see src/bridge/payload_gate.h.
 * `undefined` in them is as in JSON. `isthmus/storage` calls this in the engine of the page, which another
 * release may have brought: what is here may be added to, and stays as it is otherwise.
 */
export class PayloadGate {
  readonly #funnel: Funnel;
  readonly #number: number;
  readonly #options: PayloadGateOptions;
  readonly #onEnded: () => void;

  constructor(funnel: Funnel, number: number, options: PayloadGateOptions, onEnded: () => void) {
    this.#funnel = funnel;
    this.#number = number;
    this.#options = options;
    this.#onEnded = onEnded;
    createGate(funnel, number, options);
  }

  destroy(): void {
    this.#onEnded();
    this.#funnel.call((engine) => engine.destroyGate(this.#number));
  }

  /** The payload as it leaves. */
  outbound(payload: unknown): PayloadDecision {
    return this.#decide({ payload }, (engine, length) =>
      engine.outboundPayload(this.#number, length),
    );
  }

  /** The payload of an untrusted shape, in the contract's version. */
  inbound({ schemaVersion, payload }: Shape): PayloadDecision {
    return this.#decide({ schemaVersion, payload }, (engine, length) =>
      engine.inboundPayload(this.#number, length),
    );
  }

  #decide(shape: Shape, decide: (engine: EngineModule, length: number) => number): PayloadDecision {
    try {
      return this.#funnel.twice(() => {
        const { length } = this.#funnel.encoder.begin(this.#options.limits).value(shape);
        const verdict = this.#funnel.ask((engine) => decide(engine, length));
        const decision = this.#read(verdict);
        this.#funnel.close();
        return decision;
      });
    } catch (error) {
      if (!(error instanceof EncodeError)) throw error;
      return { verdict: 'refused', reason: error.kind, message: error.message };
    }
  }

  #read(verdict: number): PayloadDecision {
    const answer = this.#funnel.answer();
    if (verdict === PAYLOAD.passed) {
      return { verdict: 'passed', schemaVersion: answer.float64(), payload: answer.value() };
    }
    const reason = this.#funnel.dropReasons[answer.varint()]!;
    return { verdict: 'refused', reason, message: answer.text() };
  }

  /** Makes it in another instance, under the same number. */
  restoreTo(heir: Funnel): void {
    createGate(heir, this.#number, this.#options);
  }
}

function createGate(
  funnel: Funnel,
  gate: number,
  { type, contract, limits: { bytes, depth, entries } }: PayloadGateOptions,
): void {
  const length = funnel.encode((encoder) =>
    encoder.text(type).varint(bytes).varint(depth).varint(entries).value(contract),
  );
  funnel.call((engine) => engine.createGate(gate, length));
}
