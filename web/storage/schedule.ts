/** One call that is due at some time, or not at all. */
export class Schedule {
  readonly #run: () => void;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #delay = Infinity;

  constructor(run: () => void) {
    this.#run = run;
  }

  /** In so many milliseconds, unless a call is due that was set for no longer. */
  set(delay: number): void {
    if (this.#delay <= delay) return;
    this.cancel();
    this.#delay = delay;
    this.#timer = setTimeout(() => {
      this.cancel();
      this.#run();
    }, delay);
  }

  cancel(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#delay = Infinity;
  }
}
