import type { ContractDescription, Contracts } from '../api/contract.js';
import { EngineError } from '../base/errors.js';
import { reportLater } from '../base/listeners.js';
import type { AppContracts } from './app-contracts.js';

/** The contracts of one store while nobody can check them: a wrong one is told when the code for that is there. */
export class LateContracts {
  readonly #store: string;
  readonly #later: (call: (contracts: AppContracts) => void) => () => void;
  readonly #byApp = new Map<string, Contracts>();

  /** `later` calls in the order of its calls; what it returns gives one up. */
  constructor(store: string, later: (call: (contracts: AppContracts) => void) => () => void) {
    this.#store = store;
    this.#later = later;
  }

  /** As that of {@link AppContracts}. */
  with<T>(app: string, contracts: Contracts, run: () => T): T {
    if (Object.keys(contracts).length === 0) return run();
    const before = this.#byApp.get(app);
    this.#byApp.set(app, { ...before, ...contracts });
    const giveUp = this.#later((checked) => addLate(checked, app, contracts));
    try {
      return run();
    } catch (error) {
      giveUp();
      if (before === undefined) this.#byApp.delete(app);
      else this.#byApp.set(app, before);
      throw error;
    }
  }

  add(app: string, contracts: Contracts): void {
    this.with(app, contracts, () => undefined);
  }

  remove(app: string): void {
    if (this.#byApp.delete(app)) this.#later((checked) => checked.remove(app));
  }

  /** By type, as they were given. */
  describe(): ContractDescription[] {
    const byType = new Map<string, ContractDescription>();
    for (const [app, contracts] of this.#byApp) {
      for (const [type, contract] of Object.entries(contracts)) {
        const owners = [...(byType.get(type)?.owners ?? []), app];
        byType.set(type, { store: this.#store, type, owners, contract });
      }
    }
    return [...byType.values()];
  }
}

/** Whoever has brought it has long gone on. */
function addLate(checked: AppContracts, app: string, contracts: Contracts): void {
  try {
    checked.add(app, contracts);
  } catch (error) {
    if (!(error instanceof EngineError)) return reportLater(error);
    const message = `'${app}' has a contract that is refused, so none of those that it brought with it holds: ${error.message}`;
    reportLater(new EngineError(error.code, message, error.where, { cause: error }));
  }
}
