import type { Middleware } from 'redux';

/** What a list of middleware adds to `dispatch`: the calls that it takes, thunks for example. */
export type DispatchExtension<List> = List extends readonly [infer First, ...infer Rest]
  ? ExtensionOf<First> & DispatchExtension<Rest>
  : unknown;

type ExtensionOf<One> =
  One extends Middleware<infer Extension>
    ? 0 extends 1 & Extension // any
      ? unknown
      : Extension
    : unknown;
