import { IsthmusError } from '../../base/errors.js';

const BRING =
  'bring a slice by joinSharedStore({ app, slices: [slice] }), and later ones by membership.inject(slice)';
const TAKE =
  'give back what membership.inject(slice) has returned by lease.dispose(), or all of an app by membership.leave()';
const SAGA =
  'bring the middleware by joinSharedStore({ app, middleware: [sagaMiddleware] }), then sagaMiddleware.run(saga)';
const SEND =
  'store.dispatch(action) reaches every slice of the page, and store.dispatch(crossApp(action)) other tabs';
const WATCH = "hear of a slice by store.watch(['cart'], listener), also of one that is yet to come";
const READ = "read by store.getState(), or one slice by store.read(['cart'])";
const LIST =
  'in a page every slice sees every action; what may reach other tabs stands in the contract of a slice';

/**
 * What other libraries make of a store, and Redux's page on code splitting, and what does the same here:
 * redux-injectors, redux-dynamic-modules, redux-micro-frontend.
 */
const cures: Readonly<Record<PropertyKey, string>> = {
  injectReducer: BRING,
  addReducer: BRING,
  addReducers: BRING,
  attachReducers: BRING,
  asyncReducers: BRING,
  injectedReducers: BRING,
  reducerManager: BRING,
  addModule: BRING,
  addModules: BRING,
  CreateStore: BRING,
  RegisterStore: BRING,
  removeReducer: TAKE,
  removeReducers: TAKE,
  ejectReducer: TAKE,
  injectSaga: SAGA,
  ejectSaga: SAGA,
  injectedSagas: SAGA,
  runSaga: SAGA,
  DispatchAction: SEND,
  DispatchGlobalAction: SEND,
  DispatchLocalAction: SEND,
  RegisterGlobalActions: LIST,
  Subscribe: WATCH,
  SubscribeToGlobalState: WATCH,
  SubscribeToPartnerState: WATCH,
  SubscribeToPlatformState: WATCH,
  GetGlobalState: READ,
  GetPartnerState: READ,
  GetPlatformState: READ,
  AddSelectors: READ,
  SelectPartnerState: READ,
};

/**
 * In development, whoever uses a member that stores have elsewhere gets an error that names ours. The store has
 * no such member: neither `in` nor its keys show one, and one that is added to it counts.
 *
 * ```
 * store ──► a proxy, asked only for what the store lacks ──► Object.prototype
 * ```
 */
export function nameOurs(store: object, name: string): void {
  const prototype = new Proxy<object>(
    {},
    {
      get: (target, key, receiver) =>
        Object.hasOwn(cures, key)
          ? unusable(name, key)
          : (Reflect.get(target, key, receiver) as unknown),
      set: (target, key, value, receiver) => {
        if (Object.hasOwn(cures, key) && !Object.isExtensible(receiver)) refuse(name, key);
        return Reflect.set(target, key, value, receiver);
      },
    },
  );
  Object.setPrototypeOf(store, prototype);
}

/** A member that may be looked at, and neither called nor read nor written. */
function unusable(name: string, key: PropertyKey): unknown {
  const refused = () => refuse(name, key);
  return new Proxy(refused, {
    get: (target, part) => (typeof part === 'symbol' ? Reflect.get(target, part) : refused()),
    set: refused,
    has: refused,
    ownKeys: refused,
    defineProperty: refused,
    deleteProperty: refused,
  });
}

function refuse(name: string, key: PropertyKey): never {
  const message = `the store '${name}' has no '${String(key)}', as stores of other libraries have: ${cures[key]}`;
  throw new IsthmusError('store-setup', message);
}
