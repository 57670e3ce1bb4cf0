import { Provider } from 'react-redux';

import { Counter, Parity } from './counter.js';
import type { AppStore } from './store-redux.js';
import { Todos } from './todos.js';

/** A counter and a list of todos on Redux Toolkit; which store it is, it does not know. */
export const App = ({ store }: { store: AppStore }) => (
  <Provider store={store}>
    <Counter />
    <Parity />
    <Todos />
  </Provider>
);
