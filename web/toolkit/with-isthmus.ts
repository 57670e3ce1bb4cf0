import type {
  ConfigureStoreOptions,
  ThunkMiddleware,
  TSHelpersExtractDispatchExtensions as DispatchOf,
  Tuple,
} from '@reduxjs/toolkit';
import { isthmusEnhancer, isthmusMiddleware, type ReduxStoreOptions } from 'isthmus/redux';
import type { Action, Middleware, StoreEnhancer, UnknownAction } from 'redux';

type IsthmusEnhancer = ReturnType<typeof isthmusEnhancer>;

type EnhancersOf<List> =
  List extends Tuple<infer Enhancers extends readonly unknown[]> ? Enhancers : [];

/** What `configureStore` adds of its own. */
type DefaultEnhancers<Middlewares> = Tuple<[StoreEnhancer<{ dispatch: DispatchOf<Middlewares> }>]>;

/**
 * Options for `configureStore` of Redux Toolkit, which then makes an Isthmus store: with `isthmusMiddleware` as
 * the last middleware and `isthmusEnhancer` as the outermost enhancer, around what the options have.
 *
 * With an `app`, the store is the page's shared one, which other apps join; without, an isolated store.
 *
 * @throws IsthmusError as `isthmusEnhancer` does, when the store is made.
 *
 * @example
 * ```ts
 * import { configureStore } from '@reduxjs/toolkit';
 * import { loadEngine } from 'isthmus';
 * import { withIsthmus } from 'isthmus/toolkit';
 *
 * await loadEngine();
 * const reducer = { count: (state: number = 0) => state };
 * export const store = configureStore(withIsthmus({ reducer }, { app: 'host' }));
 * ```
 */
export function withIsthmus<
  State,
  Actions extends Action = UnknownAction,
  Middlewares extends Tuple<readonly Middleware<object, State>[]> = Tuple<[ThunkMiddleware<State>]>,
  Enhancers extends Tuple<readonly StoreEnhancer[]> = DefaultEnhancers<Middlewares>,
  Preloaded = State,
>(
  options: ConfigureStoreOptions<State, Actions, Middlewares, Enhancers, Preloaded>,
  isthmus?: ReduxStoreOptions,
): ConfigureStoreOptions<
  State,
  Actions,
  Middlewares,
  Tuple<[IsthmusEnhancer, ...EnhancersOf<Enhancers>]>,
  Preloaded
>;
export function withIsthmus(given: object, isthmus?: ReduxStoreOptions): never {
  const options: GivenOptions = given;
  const enhancer = isthmusEnhancer(isthmus);
  const made: GivenOptions = {
    ...options,
    middleware: listed(options.middleware, (list) =>
      list.includes(isthmusMiddleware) ? list : [...list, isthmusMiddleware],
    ),
    enhancers: listed(options.enhancers, (list) => [enhancer, ...list]),
  };
  return made as never;
}

type List = readonly unknown[];

/** Makes a list of the defaults, which it may ask for. */
type Listing = (defaults: (options?: object) => List) => List;

interface GivenOptions {
  readonly middleware?: Listing;
  readonly enhancers?: Listing;
}

/** Redux Toolkit 1.9 hands over its enhancers themselves. */
function listOf(defaults: List | Parameters<Listing>[0]): List {
  return typeof defaults === 'function' ? defaults() : defaults;
}

/** What is no function, `configureStore` refuses. */
function listed(given: Listing | undefined, change: (list: List) => List): Listing {
  if (given !== undefined && typeof given !== 'function') return given;
  return (defaults) => change(given === undefined ? listOf(defaults) : given(defaults));
}
