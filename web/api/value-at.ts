import type { Path } from '../base/path.js';

/** What stands at a path in a state; `unknown` where the types do not tell, undefined where nothing may be. */
export type ValueAt<State, Places extends Path> = Places extends readonly [
  infer Key extends string | number,
  ...infer Rest extends Path,
]
  ? ValueAt<Member<State, Key>, Rest>
  : Places extends readonly []
    ? State
    : unknown;

// Of a union, each alternative by itself; null and scalars have nothing below them.
type Member<T, Key extends string | number> = unknown extends T
  ? unknown
  : T extends readonly unknown[]
    ? Key extends number | `${number}`
      ? T[number] | undefined
      : unknown
    : T extends object
      ? Found<T, Spelled<Key> & keyof T> | (IsCertain<T, Key> extends true ? never : undefined)
      : undefined;

/** A key is the same as a number and as its text. */
type Spelled<Key extends string | number> =
  Key | `${Key}` | (Key extends `${infer Index extends number}` ? Index : never);

type Found<T, Key extends keyof T> = T[Key];

type IsCertain<T, Key extends string | number> = string extends Key
  ? false
  : Spelled<Key> & NamedKeys<T> extends never
    ? false
    : true;

/** The keys of an object's own members, without those that an index signature allows. */
type NamedKeys<T> = keyof {
  [Key in keyof T as string extends Key ? never : number extends Key ? never : Key]: true;
};
