import { expect, test, vi } from 'vitest';

const counter = {
  key: 'counter',
  reducer: (state = 0, { type }) => (type === 'add' ? state + 1 : state),
};

/** On a page of its own. */
function fresh(load) {
  vi.resetModules();
  delete globalThis[Symbol.for('isthmus')];
  return load();
}

test.each([[], ['fetch', 'Response', 'structuredClone']].map((hidden) => ({ hidden })))(
  'the engine is loaded where the environment hides $hidden',
  async ({ hidden }) => {
    for (const name of hidden) vi.stubGlobal(name, undefined);
    const { joinSharedStore, loadEngine } = await fresh(() => import('isthmus'));
    await loadEngine();
    const { store, leave } = joinSharedStore({ app: 'app', slices: [counter] });
    store.dispatch({ type: 'add' });
    expect(store.getState()).toEqual({ counter: 1 });
    leave();
    vi.unstubAllGlobals();
  },
);

test('so it is by isthmus/inline and by isthmus/testing', async () => {
  const { loadInlineEngine } = await fresh(() => import('isthmus/inline'));
  await loadInlineEngine();
  const { createTestStore } = await import('isthmus/testing');
  const { store, dispose } = await createTestStore({ slices: [counter] });
  expect(store.getState()).toEqual({ counter: 0 });
  dispose();
});
