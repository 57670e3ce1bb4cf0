import { native } from 'isthmus';
import { isthmusProducts, loaded, reduxProducts, rtkProducts } from '../products.mjs';
import { changing, isthmusStore, reduxStore, rtkStore, subscribed } from '../stores.mjs';
import { zustandStore } from '../stores.mjs';

export const name = 'update-one';
export const title = 'Update one of n entities and read what has changed';
export const sizes = [10, 100, 1000, 10_000, 100_000];

/** Each call gives another entity another price, which the listener reads back. */
export function contenders(size) {
  return {
    isthmus: isthmus(turns(size), size, priceOf),
    'isthmus whole entity': isthmus(turns(size), size, (store, id) => entityOf(store, id).price),
    'isthmus getState': isthmus(
      turns(size),
      size,
      (store, id) => store.getState().products.entities[id].price,
    ),
    draft: draft(turns(size), size),
    redux: redux(turns(size), size),
    rtk: rtk(turns(size), size),
    zustand: zustand(turns(size), size),
  };
}

const priceOf = (store, id) => store.read(['products', 'entities', id, 'price']);
const entityOf = (store, id) => store.read(['products', 'entities', id]);

/** The updates of a run, spread over all entities. */
function turns(size) {
  const turn = { id: '', count: 0, next };
  function next() {
    turn.count += 1;
    turn.id = `id-${(turn.count * 7919) % size}`;
    return { id: turn.id, changes: { price: turn.count + 0.25 } };
  }
  return turn;
}

function isthmus(turn, size, read) {
  return held(isthmusProducts(loaded(size)), turn, read);
}

/** The slice of Redux Toolkit, which the engine holds. */
function draft(turn, size) {
  return held(native(rtkProducts(loaded(size))), turn, priceOf);
}

function held(products, turn, read) {
  const store = isthmusStore([products]);
  return changing(
    () => store.dispatch(products.actions.updateOne(turn.next())),
    (listener) => store.watch(['products', 'entities'], listener),
    () => read(store, turn.id),
  );
}

function redux(turn, size) {
  const store = reduxStore({ products: reduxProducts(loaded(size)) });
  const update = () => store.dispatch({ type: 'products/updateOne', payload: turn.next() });
  return subscribed(store, update, ({ products }) => products.entities[turn.id].price);
}

function rtk(turn, size) {
  const { reducer, actions } = rtkProducts(loaded(size));
  const store = rtkStore({ products: reducer });
  const update = () => store.dispatch(actions.updateOne(turn.next()));
  return subscribed(store, update, ({ products }) => products.entities[turn.id].price);
}

function zustand(turn, size) {
  const store = zustandStore({ products: loaded(size) });
  const update = () => {
    const { id, changes } = turn.next();
    store.setState(({ products }) => void Object.assign(products.entities[id], changes));
  };
  return subscribed(store, update, ({ products }) => products.entities[turn.id].price);
}
