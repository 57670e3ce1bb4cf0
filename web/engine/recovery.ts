import { EngineError, IsthmusError } from '../base/errors.js';
import { realm } from '../page/realm.js';

declare module '../page/realm.js' {
  interface Realm {
    /** Those of {@link onRecovered}. */
    recoveryListeners?: Set<(recovery: Recovery) => void>;
  }
}

/** Told of to listeners of {@link onRecovered}. */
export interface Recovery {
  /** What was thrown; undefined where that is not known. */
  readonly cause: unknown;
  /** How long it took. */
  readonly milliseconds: number;
  /** What could not be taken over, and begins anew; empty when everything was. */
  readonly lost: readonly LostState[];
}

/** A part of a store that a recovery could not take over. */
export interface LostState {
  /** The name of the store. */
  readonly store: string;
  /** The slice, which begins with its initial state; absent for what the bridge remembered. */
  readonly slice?: string;
  /** Why it could not be read. */
  readonly reason: string;
}

/**
 * Calls the listener after the engine has failed, be it that JavaScript's stack or its memory ended or
 * that it has a bug, and another instance has taken over all states, subscriptions and counters. The call
 * that failed has thrown. The console tells the same. Returns how to stop listening.
 *
 * @example
 * ```ts
 * import { onRecovered } from 'isthmus';
 *
 * onRecovered(({ cause, lost }) => {
 *   for (const { store, slice, reason } of lost) console.warn(`${store}: ${slice} begins anew: ${reason}`);
 *   console.warn('the engine was made anew', cause);
 * });
 * ```
 */
export function onRecovered(listener: (recovery: Recovery) => void): () => void {
  const page = realm();
  const listeners = (page.recoveryListeners ??= new Set());
  const told = (recovery: Recovery) => listener(recovery);
  listeners.add(told);
  return () => void listeners.delete(told);
}

/** Runs one part of a recovery; what it cannot take over goes on `lost`, what may work later is thrown. */
export function takeOver(
  lost: LostState[],
  from: Omit<LostState, 'reason'>,
  run: () => void,
): void {
  try {
    run();
  } catch (error) {
    if (!isFinal(error)) throw error;
    lost.push({ ...from, reason: error instanceof Error ? error.message : String(error) });
  }
}

/** The end of the stack, or of memory, says nothing about the data. */
function isFinal(error: unknown): boolean {
  if (error instanceof WebAssembly.RuntimeError) return true;
  if (error instanceof EngineError) return !error.code.startsWith('engine-');
  return error instanceof IsthmusError;
}

/** Tells everybody, when the caller has come back. `tellStores` lets the stores tell their listeners. */
export function tellLater(recovery: Recovery, tellStores: readonly (() => void)[]): void {
  queueMicrotask(() => {
    const { cause, lost } = recovery;
    const losses = lost.map(({ store, slice, reason }) => {
      const what = slice === undefined ? 'what its bridge remembered' : `the slice '${slice}'`;
      return `\n${what} of the store '${store}' begins anew: ${reason}`;
    });
    const text = `isthmus: the engine failed and was made anew. ${losses.length === 0 ? 'Nothing was lost.' : ''}${losses.join('')}`;
    console.error(text, cause ?? '');
    const listeners = [...(realm().recoveryListeners ?? [])].map((tell) => () => tell(recovery));
    for (const tell of [...tellStores, ...listeners]) callAlone(tell);
  });
}

function callAlone(call: () => void): void {
  try {
    call();
  } catch (error) {
    console.error(error);
  }
}
