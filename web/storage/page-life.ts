/** What is told of a page's life, each at once. */
export interface PageEvents {
  /** The page is hidden, or goes, which may be the last that it hears. */
  onHidden(): void;
  /** It goes, perhaps to come back. */
  onGone(): void;
  onShown(): void;
  /** It is shown again as it was, while other pages went on. */
  onReturn(): void;
}

/** A page's being seen and hidden. Without a page there is nothing to tell. */
export class PageLife {
  #isGone = false;
  readonly #stops: (() => void)[] = [];

  constructor(events: PageEvents) {
    this.#on('visibilitychange', () => (this.isHidden ? events.onHidden() : undefined));
    this.#on('pagehide', () => {
      this.#isGone = true;
      events.onHidden();
      events.onGone();
    });
    this.#on('pageshow', ({ persisted }) => {
      this.#isGone = false;
      if (persisted === true) events.onReturn();
      else events.onShown();
    });
  }

  /** Whether it goes and is told in this very task that its document is hidden, too. */
  get isGoing(): boolean {
    return this.#isGone && globalThis.document?.visibilityState === 'visible';
  }

  /** Whether what is not done in this task may never be. */
  get isHidden(): boolean {
    return this.#isGone || globalThis.document?.visibilityState === 'hidden';
  }

  stop(): void {
    for (const stop of this.#stops) stop();
  }

  /** On the window, where events of the document arrive last. */
  #on(name: string, listener: (event: { persisted?: boolean }) => void): void {
    const heard = listener as () => void;
    globalThis.addEventListener?.(name, heard);
    this.#stops.push(() => globalThis.removeEventListener?.(name, heard));
  }
}
