import type { At, Child, ElementOf, IsMissing } from './paths.js';

/** The members to index by, of arrays named by JSON Pointers. */
export type Index = { readonly [pointer: string]: readonly string[] };

/** An index as it is, or with what is wrong in it replaced by the error. */
export type CheckedIndex<State, I> = [I] extends [CheckedPointers<State, I>]
  ? I
  : CheckedPointers<State, I>;

type CheckedPointers<State, I> = {
  readonly [Pointer in keyof I]: IsMissing<At<State, Pointer>> extends true
    ? `no such path: ${Pointer & string}`
    : IsMissing<ElementOf<At<State, Pointer>>> extends true
      ? `index needs an array: ${Pointer & string}`
      : CheckedMembers<ElementOf<At<State, Pointer>>, I[Pointer], Pointer & string>;
};

type CheckedMembers<Element, Names, Text extends string> = {
  readonly [N in keyof Names]: IsMissing<Child<Element, Names[N]>> extends true
    ? `no such path: ${Text}/*/${Names[N] & string}`
    : Names[N];
};
