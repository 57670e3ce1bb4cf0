import type { TransportVisibility } from './transport.js';

/** What happens to a page, told at once. */
export interface PageTurns {
  /** It goes: for good, or to where it may come back from. */
  onGone(isForGood: boolean): void;
  onBack(): void;
  /** Its timers stop, while others may still reach it. */
  onFrozen(): void;
  onResumed(): void;
}

/** Until what this returns is called. A worker is told nothing, and neither is a server. */
export function followPage(turns: PageTurns): () => void {
  const stops = [
    // Not every event says whether the page is kept, and a kept one must come back.
    on(globalThis, 'pagehide', ({ persisted }) => turns.onGone(persisted === false)),
    on(globalThis, 'pageshow', () => turns.onBack()),
    on(globalThis.document, 'freeze', () => turns.onFrozen()),
    on(globalThis.document, 'resume', () => turns.onResumed()),
  ];
  return () => stops.forEach((stop) => stop());
}

/** Whether its document is seen. */
export const pageVisibility: TransportVisibility = {
  get isHidden() {
    return globalThis.document?.visibilityState === 'hidden';
  },
  onChange: (listener) => on(globalThis.document, 'visibilitychange', listener),
};

type Source = Partial<Pick<EventTarget, 'addEventListener' | 'removeEventListener'>>;

function on(
  source: Source | undefined,
  name: string,
  listener: (event: { persisted?: boolean }) => void,
): () => void {
  const heard = listener as () => void;
  source?.addEventListener?.(name, heard);
  return () => source?.removeEventListener?.(name, heard);
}
