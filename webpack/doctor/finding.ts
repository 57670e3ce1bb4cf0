/** Errors break pages, warnings may, and notes are worth knowing. */
export type Severity = 'error' | 'warning' | 'note';

export type Rule =
  'versions' | 'shared' | 'slices' | 'contracts' | 'manifest' | 'engine' | 'serving';

/** One thing that the doctor has to say. */
export interface Finding {
  readonly severity: Severity;
  readonly rule: Rule;
  /** The app that it is about, and whose team is to act. */
  readonly app: string;
  readonly message: string;
  /** What to do. */
  readonly fix?: string;
  /** Where it was found: a file or an address. */
  readonly file?: string;
}
