import type { Middleware } from 'redux';

import type { PlatformElement } from '../base/platform-types.js';
import type { Contracts } from './contract.js';
import type { AnySlice, InjectOptions, Lease, ToolkitSlice } from './slice.js';
import type { SliceList } from './slice-states.js';
import type { AnyState, SharedStore } from './store.js';

/** What an app brings to a store. */
export interface MembershipOptions<
  Brought extends readonly Middleware[] = readonly Middleware[],
  Slices extends SliceList = SliceList,
  Given = Contracts,
> {
  /** The app's name: owner of what it injects, and named in errors. */
  readonly app: string;
  /** The slices that the app brings; none by default. */
  readonly slices?: Slices;
  /**
   * What may cross, by action type, of any slice. What it says of `slices` is held against their action creators: a
   * type `cart/...` is one that the slice `cart` makes, and a `never` path is one of its payload.
   */
  readonly contract?: Given;
  /** Redux middleware, which stays until the app leaves. */
  readonly middleware?: Brought;
  /**
   * The element that the app is mounted in. In development the console tells when it is gone from the page
   * and the app has not left; it changes nothing else.
   */
  readonly root?: PlatformElement;
}

/** What an app holds after joining a store, whose `dispatch` its middleware extends, and whose state its slices. */
export interface Membership<Extension = unknown, State = AnyState> {
  /** The name of the app. */
  readonly app: string;
  /** The store that was joined. */
  readonly store: SharedStore<State, Extension>;
  /**
   * Adds a slice; it is in `getState()` at once. Never call this while rendering.
   *
   * @throws IsthmusError `owner-conflict` for a key, or an action type, of another app's slice.
   */
  inject(slice: AnySlice | ToolkitSlice, options?: InjectOptions): Lease;
  /**
   * Declares a slice that is yet to be injected, by this app or another: bridged actions of its types
   * wait for it, instead of passing it by.
   *
   * Its types are those that `contract` lists, which become this app's contracts; without any, those that
   * begin with `key/`, as far as some contract lets them in. An action waits as a whole, once it has
   * passed every check: the slices that are there already see it when the others do, so list a type that
   * they handle only if they can wait. It waits until every expected slice that lists its type was
   * injected. Then what waited is checked again, by the contracts and the switch of that moment, and
   * dispatched in the order in which it came, before anything newer of these types: at once as far as the
   * budget of a task goes, in the next tasks beyond. Actions of this store itself never wait.
   *
   * Waiting is bounded for each slice by the bridge's limits `parkBytes`, `parkMessages` and `parkMs`.
   * Where a limit is exceeded, or the last app that expects the slice leaves, all that waited for it is
   * discarded, and `onGap` tells so; what is discarded was not applied, so it may be sent again. A page
   * that is hidden keeps what waits. For a slice that was injected before, or that the root reducer of a
   * joined store has, this changes nothing but the contracts.
   *
   * @example
   * ```ts
   * import { joinSharedStore } from 'isthmus';
   *
   * const { store, expect } = joinSharedStore({ app: 'host' });
   * expect('cart', { 'cart/addItem': { payload: { type: 'object', required: ['sku'] } } });
   * store.bridge.onGap((gap) => {
   *   if (gap.reason === 'parked') console.warn(`fetch '${gap.slice}' anew: ${gap.cause}`);
   * });
   * ```
   */
  expect(key: string, contract?: Contracts): void;
  /**
   * Gives back every lease and takes out the app's middleware and contracts. Where a slice has a teardown
   * action of its own, as an RTK Query api has, the middleware stays to see it: until the slice has ended,
   * which `keepFor` puts off, or another app holds it.
   *
   * What an app leaves behind stands in `store.inspect().owners`.
   */
  leave(): void;
}
