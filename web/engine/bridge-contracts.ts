import type { Funnel } from './funnel.js';

/** One app's contracts, by action type. */
type OwnContracts = ReadonlyMap<string, unknown>;
const NONE: OwnContracts = new Map();

/** The contracts of one bridge, which the engine compiles. */
export class BridgeContracts {
  readonly #funnel: Funnel;
  readonly #bridge: number;
  readonly #byOwner = new Map<string, Map<string, unknown>>();

  constructor(funnel: Funnel, bridge: number) {
    this.#funnel = funnel;
    this.#bridge = bridge;
  }

  add(type: string, owner: string, contract: unknown): void {
    addContract(this.#funnel, this.#bridge, type, owner, contract);
    const own = this.#byOwner.get(owner) ?? new Map<string, unknown>();
    this.#byOwner.set(owner, own.set(type, contract));
  }

  of(owner: string): OwnContracts {
    return this.#byOwner.get(owner) ?? NONE;
  }

  remove(owner: string): void {
    const length = this.#funnel.encode((encoder) => encoder.text(owner));
    this.#funnel.call((engine) => engine.removeContracts(this.#bridge, length));
    this.#byOwner.delete(owner);
  }

  describe(): unknown {
    return this.#funnel.plain((engine) => engine.describeContracts(this.#bridge));
  }

  restoreTo(heir: Funnel): void {
    for (const [owner, own] of this.#byOwner) {
      for (const [type, contract] of own) addContract(heir, this.#bridge, type, owner, contract);
    }
  }
}

function addContract(
  funnel: Funnel,
  bridge: number,
  type: string,
  owner: string,
  contract: unknown,
): void {
  const length = funnel.encode((encoder) => encoder.text(type).text(owner).value(contract));
  funnel.call((engine) => engine.addContract(bridge, length));
}
