import { EMPTY, isthmusProducts, normalized, productsJson } from '../products.mjs';
import { reduxProducts, rtkProducts, sumPrices } from '../products.mjs';
import { changing, isthmusStore, reduxStore, rtkStore, subscribed } from '../stores.mjs';
import { zustandStore } from '../stores.mjs';

export const name = 'load';
export const title = 'setAll of n entities, then Object.values over them, reading a field of each';
export const sizes = [1000, 10_000, 100_000];

/** Each call loads a freshly parsed list into a new store; the listener looks at every entity. */
export function contenders(size) {
  const json = productsJson(size);
  const make = { isthmus, 'isthmus getState': isthmusGetState, redux, rtk, zustand };
  return Object.fromEntries(
    Object.entries(make).map(([name, contender]) => [name, withFreshStore(contender, json)]),
  );
}

function withFreshStore(contender, json) {
  return {
    prepare: () => contender(JSON.parse(json)),
    work: ({ load }) => load(),
    discard: ({ dispose }) => dispose?.(),
  };
}

const isthmus = (list) =>
  isthmusLoading(list, (store) => sumPrices(store.read(['products', 'entities'])));

const isthmusGetState = (list) =>
  isthmusLoading(list, (store) => sumPrices(store.getState().products.entities));

function isthmusLoading(list, read) {
  const products = isthmusProducts(EMPTY);
  const store = isthmusStore([products]);
  let stop;
  const load = changing(
    () => store.dispatch(products.actions.setAll(list)),
    (listener) => (stop = store.watch(['products', 'entities'], listener)),
    () => read(store),
  );
  return { load, dispose: () => (stop(), store.dispose()) };
}

const sumOf = ({ products }) => sumPrices(products.entities);

function redux(list) {
  const store = reduxStore({ products: reduxProducts(EMPTY) });
  const setAll = () => store.dispatch({ type: 'products/setAll', payload: list });
  return { load: subscribed(store, setAll, sumOf) };
}

function rtk(list) {
  const { reducer, actions } = rtkProducts(EMPTY);
  const store = rtkStore({ products: reducer });
  return { load: subscribed(store, () => store.dispatch(actions.setAll(list)), sumOf) };
}

function zustand(list) {
  const store = zustandStore({ products: EMPTY });
  const setAll = () => store.setState((state) => void (state.products = normalized(list)));
  return { load: subscribed(store, setAll, sumOf) };
}
