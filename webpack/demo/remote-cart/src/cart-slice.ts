import { defineSlice } from 'isthmus';
import { eq, inc, item, payload, removeWhere, reset, upsert } from 'isthmus/program';

export interface CartItem {
  sku: string;
  name: string;
  price: number;
  qty: number;
}

export interface CartState {
  items: CartItem[];
}

const shortText = { type: 'string', minLength: 1, maxLength: 64 };

/** The same in every tab. What an action means must not hang on its place, so a line goes by its sku. */
export const cart = defineSlice({
  name: 'cart',
  schemaVersion: 1,
  converge: true,
  initialState: { items: [] } as CartState,
  reducers: {
    addItem: [
      upsert('/items', {
        by: 'sku',
        value: payload(),
        onMatch: [inc('/qty', payload('qty'))],
      }),
    ],
    removeLine: [removeWhere('/items', eq(item('sku'), payload('sku')))],
    clear: [reset()],
    teardown: [reset()],
  },
  on: { 'auth/logout': [reset()] },
  contract: {
    'cart/addItem': {
      schemaVersion: 1,
      payload: {
        type: 'object',
        required: ['sku', 'name', 'price', 'qty'],
        properties: {
          sku: shortText,
          name: shortText,
          price: { type: 'number', minimum: 0 },
          qty: { type: 'integer', minimum: 1, maximum: 99 },
        },
        additionalProperties: false,
      },
    },
    'cart/removeLine': {
      schemaVersion: 1,
      payload: {
        type: 'object',
        required: ['sku'],
        properties: { sku: shortText },
        additionalProperties: false,
      },
    },
    'cart/clear': { schemaVersion: 1 },
  },
});
