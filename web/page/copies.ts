import { assertFunction } from '../base/arguments.js';
import { conflictText, nameOf } from './protocol.js';
import { firstCopy, isBrowserRealm, registry, type Copy, type Registry } from './realm.js';

declare module './realm.js' {
  interface Registry {
    /** Those of {@link onDuplicate}, of all protocols. */
    listeners?: Set<(duplicate: Duplicate) => void>;
    /** Whether a copy of a development build tells the console of them. */
    isWatched?: boolean;
  }
}

/** A copy of the package beside the one in use. */
export interface Duplicate {
  /**
   * `duplicate`: it hands out the functions of the copy in use, so that only its bytes are wasted.
   * `protocol`: it is of another protocol, and refused.
   */
  readonly reason: 'duplicate' | 'protocol';
  /** The copy that is not in use. */
  readonly copy: Copy;
  /** The copy that is in use. */
  readonly inUse: Copy;
  /** Names both, and says what to do. */
  readonly message: string;
}

/**
 * Enters a copy of the package in the page registry. A later one is harmless, since it hands out the functions of
 * the first (first-copy.ts), and is reported. One of another protocol is let in, too: it is refused when it is
 * used, so that an import stops no app.
 */
export function announce(copy: Copy): void {
  const { copies } = registry();
  copies.push(copy);
  watchInDevelopment();
  if (copies.length === 1) return;
  const duplicate = Object.freeze(describe(copy, copyInUse()!));
  if (duplicate.reason === 'protocol') console.error(textOf(duplicate));
  for (const listener of registry().listeners ?? []) tell(listener, duplicate);
}

/**
 * Calls the listener for every copy of the package beside the one in use: at once for those that are on
 * the page already, and as soon as another one is loaded. Use it to send them to your monitoring; in
 * development they are also told to the console.
 *
 * @returns a function that ends it.
 *
 * @example
 * ```ts
 * import { onDuplicate } from 'isthmus';
 *
 * onDuplicate(({ reason, copy, message }) => {
 *   console.error(`${reason}: isthmus ${copy.version} from ${copy.url}. ${message}`);
 * });
 * ```
 */
export function onDuplicate(listener: (duplicate: Duplicate) => void): () => void {
  assertFunction(listener, 'the listener of onDuplicate');
  const page = registry();
  const listeners = listenersOf(page);
  const told = (duplicate: Duplicate) => listener(duplicate);
  listeners.add(told);
  const inUse = copyInUse();
  if (inUse !== undefined) {
    for (const copy of page.copies) if (copy !== inUse) tell(told, describe(copy, inUse));
  }
  return () => void listeners.delete(told);
}

function listenersOf(page: Registry): Set<(duplicate: Duplicate) => void> {
  return (page.listeners ??= new Set());
}

/** Undefined where no copy is announced yet: one that only hands out `onDuplicate` is not. */
function copyInUse(): Copy | undefined {
  const { copies, protocol } = registry();
  return (protocol !== undefined && firstCopy(protocol)) || copies[0];
}

function describe(copy: Copy, inUse: Copy): Duplicate {
  if (copy.protocol !== inUse.protocol) {
    return { reason: 'protocol', copy, inUse, message: conflictText(inUse, copy) };
  }
  const message = `${nameOf(copy)} is a second copy; ${nameOf(inUse)} stays in use. In the build of the second, share 'isthmus' as a singleton (sharedState() of isthmus/webpack) and import it by no other path`;
  return { reason: 'duplicate', copy, inUse, message };
}

/**
 * The first copy of a development build tells of itself, if it is a second one, and of all that follow:
 * that a second copy was built for production does not make it silent. A conflict is an error in
 * production, too, which the second tells of by itself. A server may have several by design, such as one
 * for each layer of Next.js.
 */
function watchInDevelopment(): void {
  const page = registry();
  if (page.isWatched || !isBrowserRealm() || !isDevelopment()) return;
  page.isWatched = true;
  listenersOf(page).add((duplicate) => {
    if (duplicate.reason === 'duplicate') console.warn(textOf(duplicate));
  });
}

function textOf({ message, copy, inUse }: Duplicate): string {
  return `isthmus: ${message}.\nSecond:\n${copy.stack}\nIn use:\n${inUse.stack}`;
}

/** A listener that throws must not stop the import that it hears of. */
function tell(listener: (duplicate: Duplicate) => void, duplicate: Duplicate): void {
  try {
    listener(duplicate);
  } catch (error) {
    console.error(error);
  }
}

/** Bundlers put a constant in; without one, nobody has said that this is production. */
function isDevelopment(): boolean {
  try {
    return process.env.NODE_ENV !== 'production';
  } catch {
    return true;
  }
}
