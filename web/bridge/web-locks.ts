import type { TransportLockRequest, TransportLocks } from './transport.js';

/**
 * The locks that the pages of an origin share. There are none on a server, on pages without a secure
 * context and in old browsers. Where there are some that the page may not use, as in a sandboxed frame,
 * nobody is known to hold one, and every request is lost.
 */
export function webLocks(): TransportLocks | undefined {
  const locks = ((globalThis.navigator ?? {}) as Partial<Navigator>).locks;
  return locks && { held: (tell) => tellHeld(locks, tell), request: requestOf(locks) };
}

function tellHeld(locks: LockManager, tell: (names: readonly string[] | undefined) => void): void {
  const nameOf = ({ name = '' }: LockInfo) => name;
  locks.query().then(
    ({ held = [] }) => tell(held.map(nameOf)),
    () => tell(undefined),
  );
}

function requestOf(locks: LockManager): TransportLocks['request'] {
  return (name, { steal = false, onGranted, onLost }: TransportLockRequest) => {
    const abort = new AbortController();
    let end!: () => void;
    const held = new Promise<void>((resolve) => (end = resolve));
    const hold = () => {
      if (abort.signal.aborted) return undefined; // a theft cannot be aborted, only given back
      onGranted?.();
      return held;
    };
    locks.request(name, steal ? { steal } : { signal: abort.signal }, hold).catch(() => {
      if (!abort.signal.aborted) onLost?.();
    });
    return () => {
      abort.abort();
      end();
    };
  };
}
