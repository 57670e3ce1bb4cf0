// Stands in for the demo's cart.
import { defineSlice, getSharedStore, joinSharedStore } from 'isthmus';

const cart = defineSlice({ name: 'cart', initialState: { items: [] }, reducers: {} });

export function mount(element) {
  const { leave } = joinSharedStore({ app: 'remote-cart', slices: [cart] });
  element.textContent = 'A cart of its own build';
  return leave;
}

export function mfId() {
  return getSharedStore().__mfId;
}
