import { createIsolatedStore, loadEngine } from 'isthmus';
import { SharedStoreProvider } from 'isthmus/react';
import { Counter, counter } from './Counter.jsx';

export default {
  component: Counter,
  loaders: [
    async () => {
      await loadEngine();
      return { store: createIsolatedStore({ name: 'story', slices: [counter] }) };
    },
  ],
  render: (_args, { loaded: { store } }) => (
    <SharedStoreProvider store={store}>
      <Counter />
    </SharedStoreProvider>
  ),
};

export const Counting = {};
