import type { Keeping } from './keeping.js';

/** What is given to those who keep something; it begins to be kept. */
export function persistenceOf<T, M>(keeping: Keeping<T>, more: M) {
  return Object.freeze({
    ...more,
    hydrated: keeping.begin(),
    get status() {
      return keeping.status;
    },
    get refusal() {
      return keeping.refusal;
    },
    flush: () => keeping.flush(),
    clear: () => keeping.clear(),
    stop: () => keeping.stop(),
  });
}
