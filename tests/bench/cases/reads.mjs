// Reading what has not changed, which is what most renders do.

import { isthmusProducts, loaded, reduxProducts, rtkProducts, sumPrices } from '../products.mjs';
import { isthmusStore, reduxStore, rtkStore } from '../stores.mjs';

/** Object.values over all entities, again. */
export const secondPass = {
  name: 'second-pass',
  title: 'Object.values over n unchanged entities, reading a field of each',
  sizes: [1000, 10_000, 100_000],
  contenders(size) {
    const { isthmus, redux, rtk } = stores(size);
    const path = ['products', 'entities'];
    return {
      isthmus: () => sumPrices(isthmus.read(path)),
      'isthmus getState': () => sumPrices(isthmus.getState().products.entities),
      redux: () => sumPrices(redux.getState().products.entities),
      rtk: () => sumPrices(rtk.getState().products.entities),
    };
  },
};

/** One entity, as a component that shows one selects it. */
export const readOne = {
  name: 'read-one',
  title: 'Read one of n unchanged entities',
  sizes: [1000, 100_000],
  contenders(size) {
    const { isthmus, redux, rtk } = stores(size);
    const path = ['products', 'entities', 'id-7'];
    const watched = ['products', 'entities', 'id-8'];
    isthmus.watch(watched, () => undefined);
    return {
      isthmus: () => isthmus.read(path).stock,
      'isthmus watched': () => isthmus.read(watched).stock - 1,
      'isthmus getState': () => isthmus.getState().products.entities['id-7'].stock,
      redux: () => redux.getState().products.entities['id-7'].stock,
      rtk: () => rtk.getState().products.entities['id-7'].stock,
    };
  },
};

function stores(size) {
  return {
    isthmus: isthmusStore([isthmusProducts(loaded(size))]),
    redux: reduxStore({ products: reduxProducts(loaded(size)) }),
    rtk: rtkStore({ products: rtkProducts(loaded(size)).reducer }),
  };
}
