import { EngineBridge, type EngineBridgeOptions } from './engine-bridge.js';
import type { Funnel } from './funnel.js';
import { Numbered } from './numbered.js';
import { PayloadGate, type PayloadGateOptions } from './payload-gate.js';
import type { LostState } from './recovery.js';
import type { Remains } from './remains.js';

/** What crossing needs of the engine: its bridges, and gates for what is stored. */
export class EngineCrossing {
  readonly #funnel: Funnel;
  readonly #bridges = new Numbered<EngineBridge>();
  readonly #gates = new Numbered<PayloadGate>();

  constructor(funnel: Funnel) {
    this.#funnel = funnel;
    funnel.dropReasons = funnel.plain((engine) => engine.dropReasons()) as string[];
  }

  /** The names behind the numbers of drop reasons. */
  get dropReasons(): readonly string[] {
    return this.#funnel.dropReasons;
  }

  createBridge(options: EngineBridgeOptions): EngineBridge {
    return this.#bridges.make(
      (number, remove) => new EngineBridge(this.#funnel, number, options, remove),
    );
  }

  createGate(options: PayloadGateOptions): PayloadGate {
    return this.#gates.make(
      (number, remove) => new PayloadGate(this.#funnel, number, options, remove),
    );
  }

  restoreTo(heir: Funnel, remains: Remains, lost: LostState[]): void {
    this.#bridges.forEach((bridge) => bridge.restoreTo(heir, remains, lost));
    this.#gates.forEach((gate) => gate.restoreTo(heir));
  }
}
