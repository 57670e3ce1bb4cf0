import { callAlone, reportLater } from '../base/listeners.js';
import type { EncodeLimits } from '../engine/codec/encoder.js';
import type { EngineLog } from '../engine/engine-log.js';
import type { EngineLogOutcome, GivenState, Recording, StateWish } from '../engine/log-answers.js';
import type { LogStore } from '../engine/store-log.js';

/** Of a state of JavaScript's, so that it is compared with the keeper's. */
const DIGESTED: EncodeLimits = { depth: 64, bytes: 256 * 1024 };

/** The states of JavaScript's slices, which the log asks the store for. */
export class LogStates {
  readonly #store: LogStore;
  readonly #log: EngineLog;

  constructor(store: LogStore, log: EngineLog) {
    this.#store = store;
    this.#log = log;
  }

  /** What is no plain data is told, and not given. */
  give(wishes: readonly StateWish[]): EngineLogOutcome {
    const states = wishes
      .map((wish) => this.#stateFor(wish))
      .filter((state) => state !== undefined);
    return this.#log.giveStates(states);
  }

  #stateFor({ slice, place, use }: StateWish): GivenState | undefined {
    const state =
      use === 'seed' ? this.#store.seedAt(slice, place) : this.#store.stateAt(slice, place);
    const failure = this.#log.failureOf(state, use === 'digests' ? DIGESTED : undefined);
    if (failure === undefined) {
      if (use === 'seed') this.#log.setSeed(slice, state);
      return { slice, place, state };
    }
    if (use !== 'digests') reportLater(failure);
    return undefined;
  }

  /** A state of another release becomes ours. */
  carry({ slice, place, state }: GivenState): EngineLogOutcome {
    let carried: { value: unknown } | undefined;
    callAlone(() => {
      const value = this.#store.upcast(slice, state);
      const failure = value === undefined ? undefined : this.#log.failureOf(value);
      if (failure !== undefined) throw failure;
      if (value !== undefined) carried = { value };
    });
    return this.#log.carry(slice, place, carried);
  }

  /** What a storage keeps. */
  record(whole: boolean): Recording {
    const states = this.#log.recordWishes(whole).map(({ slice, place }) => {
      return { slice, place, state: this.#store.stateAt(slice, place) };
    });
    return this.#log.record(states, whole);
  }
}
