import { startTransition, useEffect, useLayoutEffect, useState } from 'react';
import { IsthmusError, loadEngine, type Membership } from 'isthmus';

import { sharedOf } from '../views/shared.js';
import type { WaitingStore } from '../views/waiting-store.js';

// Before the first paint; on a server, where effects do not run, React 18 warns of it.
const useEarlyEffect = 'document' in globalThis ? useLayoutEffect : useEffect;

/**
 * What `join` gives when the component is mounted, and what is left when it is unmounted; undefined until then. What
 * shows a waiting store meanwhile may be in the midst of hydration, which no change but a transition leaves alone.
 */
export function useJoined(join: () => Membership, waiting?: WaitingStore): Membership | undefined {
  const [joined, setJoined] = useState<Membership>();
  const [failure, setFailure] = useState<{ readonly error: unknown }>();
  useEarlyEffect(() => {
    const stay = new Stay(join, (membership) => {
      if (waiting === undefined) return setJoined(membership);
      waiting.join(membership.store);
      startTransition(() => setJoined(membership));
    });
    stay.begin().catch((error: unknown) => setFailure({ error }));
    return () => {
      setJoined(undefined);
      stay.end();
      waiting?.leave();
    };
    // Inline functions are other ones in each render.
  }, []);
  if (failure !== undefined) throw failure.error;
  return joined;
}

/** From one mount to its unmount. */
class Stay {
  readonly #join: () => Membership;
  readonly #joined: (membership: Membership) => void;
  #leave: (() => void) | undefined;
  #isOver = false;

  constructor(join: () => Membership, joined: (membership: Membership) => void) {
    this.#join = join;
    this.#joined = joined;
  }

  async begin(): Promise<void> {
    try {
      this.#enter();
    } catch (error) {
      if (!(error instanceof IsthmusError) || error.code !== 'engine-missing') throw error;
      await loadEngine();
      if (!this.#isOver) this.#enter();
    }
  }

  #enter(): void {
    const { membership, leave } = sharedOf(this.#join, 'SharedStoreProvider with `join`');
    this.#leave = leave;
    this.#joined(membership!);
  }

  end(): void {
    this.#isOver = true;
    this.#leave?.();
  }
}
