import { defineSlice } from 'isthmus';
import { inc, payload, push, reset, set, entityTable } from 'isthmus/program';
import type { Reducer, UnknownAction } from 'redux';

export interface Item {
  sku: string;
  qty: number;
}
export interface Product {
  id: string;
  price: number;
  tags?: string[];
}
interface CartState {
  items: Item[];
  count: number;
  note: string;
}
interface ProductState {
  ids: string[];
  entities: Record<string, Product>;
}
export interface State {
  cart: CartState;
  products: ProductState;
  log: string[];
}

export const cart = defineSlice({
  name: 'cart',
  initialState: { items: [], count: 0, note: '' } as CartState,
  reducers: {
    add: [push('/items', payload()), inc('/count', payload('qty'))],
    note: [set('/note', payload())],
    requantify: [set(['items', payload('index'), 'qty'], payload('qty'))],
    clear: [reset()],
  },
});

const table = entityTable('');
export const products = defineSlice({
  name: 'products',
  initialState: { ids: [], entities: {} } as ProductState,
  reducers: {
    addOne: [table.addOne()],
    addMany: [table.addMany()],
    updateOne: [table.updateOne()],
    removeOne: [table.removeOne()],
  },
});

/** A JS slice beside them. */
export const log: Reducer<string[], UnknownAction> = (state = [], { type }) =>
  /^(cart|products)\//.test(type) ? [...state, type] : state;

type Payload<T> = UnknownAction & { payload: T };

/** The same slices as plain reducers: what every store must come to. */
export const plainCart: Reducer<CartState, UnknownAction> = (
  state = { items: [], count: 0, note: '' },
  action,
) => {
  if (action.type === 'cart/add') {
    const { payload: item } = action as Payload<Item>;
    return { ...state, items: [...state.items, item], count: state.count + item.qty };
  }
  if (action.type === 'cart/note') return { ...state, note: (action as Payload<string>).payload };
  if (action.type === 'cart/clear') return { items: [], count: 0, note: '' };
  return state;
};

export const plainProducts: Reducer<ProductState, UnknownAction> = (
  state = { ids: [], entities: {} },
  action,
) => {
  const { type, payload: given } = action as Payload<never>;
  if (type === 'products/addOne') return withProducts(state, [given]);
  if (type === 'products/addMany') return withProducts(state, given);
  if (type === 'products/updateOne') return withChange(state, given);
  if (type === 'products/removeOne') return withoutProduct(state, given);
  return state;
};

function withProducts({ ids, entities }: ProductState, given: Product[]): ProductState {
  const added = given.filter(({ id }) => !(id in entities));
  const entries = added.map((product) => [product.id, product]);
  return {
    ids: [...ids, ...added.map(({ id }) => id)],
    entities: { ...entities, ...(Object.fromEntries(entries) as Record<string, Product>) },
  };
}

function withChange(
  state: ProductState,
  { id, changes }: { id: string; changes: Partial<Product> },
): ProductState {
  const before = state.entities[id];
  if (before === undefined) return state;
  return { ...state, entities: { ...state.entities, [id]: { ...before, ...changes } } };
}

function withoutProduct({ ids, entities }: ProductState, gone: string): ProductState {
  const left = Object.entries(entities).filter(([id]) => id !== gone);
  return { ids: ids.filter((id) => id !== gone), entities: Object.fromEntries(left) };
}
