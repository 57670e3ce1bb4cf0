import type { CheckedContract } from './contracts.js';

/**
 * Contracts that are given beside slices, held against the slices' action creators: as they are, or with what is wrong
 * in them replaced by the error. Types that do not begin with the name of one of the slices belong to others.
 */
export type ContractsOf<Slice, Given> = [Given] extends [Checked<Slice, Given>]
  ? Given
  : Checked<Slice, Given>;

type Checked<Slice, Given> = {
  readonly [Type in keyof Given]: [MadeBy<Slice, Type>] extends [never]
    ? IsOwn<Slice, Type> extends true
      ? `no action of this slice: ${Type & string}`
      : Given[Type]
    : CheckedContract<PayloadIn<MadeBy<Slice, Type>>, Given[Type]>;
};

/** What the action creators of a type make; never where there are none. */
type MadeBy<Slice, Type> = Slice extends { readonly actions: infer Actions }
  ? { [Event in keyof Actions]: MadeAs<Actions[Event], Type> }[keyof Actions]
  : never;

type MadeAs<Creator, Type> = Creator extends { readonly type: Type } & ((
  ...args: never[]
) => infer Made)
  ? Made
  : never;

/** Without a payload nothing is known of what the action may carry. */
type PayloadIn<Made> = Made extends { readonly payload?: infer Payload }
  ? [Payload] extends [undefined]
    ? unknown
    : Payload
  : unknown;

/**
 * Whether a type can only be that of an action creator of one of the slices. One with another slash may be a thunk's,
 * as `cart/load/fulfilled`, or that of a slice whose name begins so.
 */
type IsOwn<Slice, Type> = true extends IsOwnOf<Slice, Type> ? true : false;

type IsOwnOf<Slice, Type> = Slice extends { readonly actions: object }
  ? Type extends `${NameOf<Slice>}/${infer Event}`
    ? Event extends `${string}/${string}`
      ? false
      : true
    : false
  : false;

type NameOf<Slice> = Slice extends { readonly name: infer Name }
  ? Named<Name>
  : Slice extends { readonly key: infer Key }
    ? Named<Key>
    : never;

type Named<Name> = Name extends string ? (string extends Name ? never : Name) : never;
