import { inc } from 'isthmus/program';

/** What host and remotes have in common: an app on whichever copy of isthmus its build brings. */
export const mounting = (isthmus) => async (app) => {
  await isthmus.loadEngine();
  const { store } = isthmus.joinSharedStore({ app, slices: [counter(isthmus, app)] });
  const duplicates = [];
  isthmus.onDuplicate((duplicate) => duplicates.push(duplicate));
  return {
    add: () => isthmus.getSharedStore().dispatch({ type: 'count/add' }),
    state: () => isthmus.getSharedStore().getState(),
    storeId: () => (isthmus.assertShared(store), store.__mfId),
    engines: () => store.inspect().engines,
    copies: () => store.inspect().copies,
    duplicates: () => duplicates,
  };
};

function counter({ defineSlice }, name) {
  return defineSlice({ name, initialState: 0, reducers: {}, on: { 'count/add': [inc('')] } });
}
