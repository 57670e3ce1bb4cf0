/** Whether every payload that one schema allows is allowed by another. */
export type Verdict =
  | { readonly kind: 'fits' }
  | { readonly kind: 'breaks' | 'unknown'; readonly at: string; readonly why: string };

export const FITS: Verdict = { kind: 'fits' };

export function breaks(at: string, why: string): Verdict {
  return { kind: 'breaks', at, why };
}

export function unknown(at: string, why: string): Verdict {
  return { kind: 'unknown', at, why };
}

/** The first that breaks, or else the first that cannot be told. */
export function worst(verdicts: Iterable<Verdict>): Verdict {
  let found = FITS;
  for (const verdict of verdicts) {
    if (verdict.kind === 'breaks') return verdict;
    if (found.kind === 'fits') found = verdict;
  }
  return found;
}
