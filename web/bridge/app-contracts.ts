import type { ContractDescription, Contracts } from '../api/contract.js';
import type { BridgeContracts } from '../engine/bridge-contracts.js';

/** The contracts of one store, each of the app that has brought it. They stay until that app has left. */
export class AppContracts {
  readonly #store: string;
  readonly #contracts: BridgeContracts;
  #isClosed = false;

  constructor(store: string, contracts: BridgeContracts) {
    this.#store = store;
    this.#contracts = contracts;
  }

  /**
   * Adds an app's contracts and does what needs them. If either fails, the app has the contracts that it
   * had before.
   */
  with<T>(app: string, contracts: Contracts, run: () => T): T {
    const types = Object.keys(contracts);
    if (types.length === 0 || this.#isClosed) return run();
    const before = this.#contracts.of(app);
    const replaced = types.map((type) => [type, before.get(type)] as const);
    try {
      this.#add(app, Object.entries(contracts));
      return run();
    } catch (error) {
      this.#restore(app, replaced);
      throw error;
    }
  }

  add(app: string, contracts: Contracts): void {
    this.with(app, contracts, () => undefined);
  }

  /** Removes those of an app. */
  remove(app: string): void {
    if (!this.#isClosed) this.#contracts.remove(app);
  }

  describe(): ContractDescription[] {
    if (this.#isClosed) return [];
    const contracts = this.#contracts.describe() as Omit<ContractDescription, 'store'>[];
    return contracts.map((description) => ({ store: this.#store, ...description }));
  }

  /** From now on there are none. */
  close(): void {
    this.#isClosed = true;
  }

  #add(app: string, contracts: Iterable<readonly [string, unknown]>): void {
    for (const [type, contract] of contracts) this.#contracts.add(type, app, contract);
  }

  #restore(app: string, replaced: readonly (readonly [string, unknown])[]): void {
    if (this.#isClosed) return;
    const own = new Map(this.#contracts.of(app));
    for (const [type, contract] of replaced) {
      if (contract === undefined) own.delete(type);
      else own.set(type, contract);
    }
    this.#contracts.remove(app);
    this.#add(app, own);
  }
}
