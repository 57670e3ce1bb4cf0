/** A function that runs in a page: it is sent as text, so it may use its arguments and globals only. */
export type InPage<Args extends readonly unknown[], Result> = (
  ...args: Args
) => Result | Promise<Result>;

/** One tab of a real browser. */
export interface Tab {
  evaluate<Args extends readonly unknown[], Result>(
    run: InPage<Args, Result>,
    ...args: Args
  ): Promise<Result>;
  close(): Promise<void>;
}

/** Where a page opens: as its driver likes, in front in a window of its own, or hidden behind the last one. */
export type Place = 'tab' | 'window' | 'behind';

/** A running browser, whichever way it is driven. */
export interface Browser {
  /** The process that all of the browser's processes descend from. */
  readonly pid: number;
  /** Opens a tab beside the others and resolves when the page has loaded. */
  open(url: string, place?: Place): Promise<Tab>;
  close(): Promise<void>;
}
