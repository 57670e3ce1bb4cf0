import { createIsolatedStore, crossApp, defineSlice, joinSharedStore } from 'isthmus';
import { inc } from 'isthmus/program';
import { combineReducers, type AnyAction, type Store } from 'redux';
import thunk from 'redux-thunk';

const cart = defineSlice({
  name: 'cart',
  initialState: { count: 0 },
  reducers: { add: [inc('/count')] },
  contract: { 'cart/add': {} },
});
const theme = (state: string = 'light', action: AnyAction) =>
  action.type === 'theme/dark' ? 'dark' : state;

const { store } = joinSharedStore({
  app: 'host',
  slices: [cart, { key: 'theme', reducer: theme }],
  middleware: [thunk],
});
store.dispatch(crossApp(cart.actions.add()));
export const count: number = store.getState().cart.count;
export const shade: string = store.getState().theme;
export const asRedux: Store = store;
export const own = createIsolatedStore({ name: 'own', reducers: { theme } });
export const root = combineReducers({ cart: cart.reducer, theme });
