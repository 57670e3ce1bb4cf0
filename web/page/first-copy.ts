import { realm } from './realm.js';

declare module './realm.js' {
  interface Realm {
    /** By name what the copies hand out: of each, what was handed out first. */
    api?: Record<string, unknown>;
  }
}

/**
 * What all copies of a protocol export under a name: what the first of them has that has it at all. Bundlers leave
 * away what an app does not use, so each name may be another copy's; what functions share is therefore in the realm,
 * or on what they are given.
 */
export function ofFirstCopy<Exported>(name: string, own: Exported): Exported {
  const api = (realm().api ??= {});
  return (api[name] ??= own) as Exported;
}
