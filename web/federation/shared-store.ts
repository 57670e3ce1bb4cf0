import type { Middleware } from 'redux';

import type { Contracts } from '../api/contract.js';
import { type Membership, type MembershipOptions } from '../api/membership.js';
import type { SliceList } from '../api/slice-states.js';
import type { AnyState, BroughtState, SharedStore } from '../api/store.js';
import { IsthmusError } from '../base/errors.js';
import { isBrowserRealm } from '../page/realm.js';
import type { ContractsOf } from '../program/types/slice-contracts.js';
import type { DispatchExtension } from '../store/typed-middleware.js';
import type { BridgeOptions } from './bridge-options.js';
import { assertBrought, assertNamed } from './checked-options.js';
import { createConnectedStore } from './connect-store.js';
import { type ConnectedStore } from './connected-stores.js';
import { createMembership } from './membership.js';
import { DEFAULT_NAME, pageStores } from './page-stores.js';

/** What {@link joinSharedStore} takes. */
export interface JoinOptions<
  Brought extends readonly Middleware[] = readonly Middleware[],
  Slices extends SliceList = SliceList,
  Given = Contracts,
> extends MembershipOptions<Brought, Slices, Given> {
  /** The name of the store, where a page has several; `shared` by default. */
  readonly name?: string;
  /** State of slices that are yet to be injected. The first app's counts. */
  readonly preloadedState?: Partial<AnyState>;
  /** Page-wide: the first app's counts, and a later app's differing one is reported. */
  readonly bridge?: BridgeOptions;
}

/**
 * Joins an app to the page's one store, which the first app creates. Needs the engine to be loaded. On
 * a server every call makes a store of its own, to be passed on by hand; `leave()` frees it.
 *
 * @throws IsthmusError `engine-missing` before `loadEngine`, `owner-conflict` for a key another app owns.
 *
 * @example
 * ```ts
 * import { defineSlice, joinSharedStore, loadEngine } from 'isthmus';
 * import { payload, set } from 'isthmus/program';
 *
 * const tenant = defineSlice({
 *   name: 'tenant',
 *   initialState: { id: 'acme' },
 *   reducers: { switch: [set('/id', payload())] },
 *   contract: { 'tenant/switch': { payload: { type: 'string' } } },
 * });
 * await loadEngine();
 * const { store, leave } = joinSharedStore({ app: 'host', slices: [tenant] });
 * store.dispatch(tenant.actions.switch('globex'));
 * leave();
 * ```
 */
export function joinSharedStore<
  const Brought extends readonly Middleware[] = readonly [],
  const Slices extends SliceList = SliceList,
  const Given extends Contracts = Contracts,
>(
  options: JoinOptions<Brought, Slices, ContractsOf<Slices[number], Given>>,
): Membership<DispatchExtension<Brought>, BroughtState<Slices>>;
export function joinSharedStore(options: JoinOptions): Membership {
  assertNamed(options, 'joinSharedStore', 'app');
  assertBrought(options);
  const { name = DEFAULT_NAME } = options;
  return isBrowserRealm()
    ? createMembership(pageStore(name, options), options)
    : joinNewStore(name, options);
}

/** On a server the member is the only one: its store ends with it. */
function joinNewStore(name: string, options: JoinOptions): Membership {
  const connected = newStore(name, options);
  const membership = createMembership(connected, options);
  const leave = () => {
    membership.leave();
    connected.end();
  };
  return Object.freeze({ ...membership, leave });
}

/**
 * The page's shared store: the very same object for every app.
 *
 * @throws IsthmusError `no-store` when no app has joined it yet, and always on a server.
 *
 * @example
 * ```ts
 * import { getSharedStore } from 'isthmus';
 *
 * const store = getSharedStore();
 * console.log(store.read(['tenant', 'id']));
 * ```
 */
export function getSharedStore(name: string = DEFAULT_NAME): SharedStore {
  const found = pageStores().get(name);
  if (found !== undefined) return found.core.store;
  const reason = isBrowserRealm()
    ? `no app has joined the store '${name}' yet: call joinSharedStore first`
    : 'a server has no shared store, since its requests must not see each other: pass the store on';
  throw new IsthmusError('no-store', reason);
}

function newStore(name: string, { app, preloadedState, bridge }: JoinOptions): ConnectedStore {
  try {
    return createConnectedStore(name, preloadedState, bridge);
  } catch (error) {
    if (!(error instanceof IsthmusError) || error.code !== 'engine-missing') throw error;
    throw new IsthmusError(error.code, `'${app}' cannot join yet: ${error.message}`);
  }
}

function pageStore(name: string, options: JoinOptions): ConnectedStore {
  const stores = pageStores();
  const existing = stores.get(name);
  if (existing === undefined) {
    const created = newStore(name, options);
    stores.set(name, created);
    return created;
  }
  if (options.bridge !== undefined)
    reportDifference(options.app, options.bridge, existing.bridgeOptions);
  if (options.preloadedState !== undefined)
    reportLatePreloading(options.app, options.preloadedState);
  return existing;
}

function reportDifference(app: string, asked: BridgeOptions, inUse: BridgeOptions = {}): void {
  const keys = (Object.keys(asked) as (keyof BridgeOptions)[]).filter(
    (key) => !isSame(asked[key], inUse[key]),
  );
  if (keys.length === 0) return;
  console.warn(
    `isthmus: '${app}' asks for other bridge options (${keys.join(', ')}) than the app that created the store; the first app's stay in use.`,
  );
}

function reportLatePreloading(app: string, preloadedState: object): void {
  console.warn(
    `isthmus: the preloaded state of '${app}' (${Object.keys(preloadedState).join(', ')}) is not used, since another app has created the store: inject the slice, then store.hydrate(key, state).`,
  );
}

/** Each app has objects of its own, of plain values by name; the name alone may stand for a channel. */
function isSame(askedOption: unknown, inUseOption: unknown): boolean {
  const [asked, inUse] = [inFull(askedOption), inFull(inUseOption)];
  if (typeof asked !== 'object' || typeof inUse !== 'object') return asked === inUse;
  return JSON.stringify(sorted(asked)) === JSON.stringify(sorted(inUse));
}

function inFull(option: unknown): unknown {
  return typeof option === 'string' ? { name: option } : option;
}

function sorted(limits: object | null): unknown {
  return Object.entries(limits ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
}
