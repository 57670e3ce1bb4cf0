import type { SliceStates } from 'isthmus';

/** Where `SliceStates` names slices, a key is one of theirs, unless it is only known at run time. */
export type SliceKey<Key extends string> = string extends Key
  ? Key
  : [keyof SliceStates] extends [never]
    ? Key
    : Key extends keyof SliceStates
      ? Key
      : { readonly error: 'no such slice'; readonly known: keyof SliceStates };
