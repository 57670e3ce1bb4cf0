import { createIsolatedStore, crossApp, defineSlice, type IsolatedStore } from 'isthmus';
import { inc, payload, push, reset, set, unset } from 'isthmus/program';
import type { Action } from 'redux';

const list = defineSlice({
  name: 'list',
  initialState: {
    n: 0,
    items: [] as { id: number; text: string }[],
    map: {} as Record<string, number>,
  },
  reducers: {
    add: [inc('/n'), push('/items', payload())],
    put: [set(['map', payload('key')], payload('value'))],
    drop: [unset(['map', payload('key')])],
    clear: [reset()],
  },
  on: { both: [inc('/n')] },
});
const count = defineSlice({
  name: 'count',
  initialState: { n: 0 },
  reducers: {},
  on: { both: [inc('/n')] },
});

export const bothKinds: Record<string, (state: never, action: never) => unknown> = {
  js: (state: { n: number } | undefined = { n: 0 }, action: Action) =>
    action.type === 'both' ? { n: state.n + 1 } : state,
};

/** A store of native slices, and of JS slices if there are reducers, in which `both` counts in each slice. */
export function openStore(reducers: typeof bothKinds): IsolatedStore {
  const map = Object.fromEntries(Array.from({ length: 100 }, (_, i) => [`key-${i}`, i]));
  const items = Array.from({ length: 40 }, (_, id) => ({ id, text: `text ${id}` }));
  const preloadedState = { list: { n: 40, items, map } };
  return createIsolatedStore({ name: 'app', slices: [list, count], reducers, preloadedState });
}

export function textOf(store: IsolatedStore): string {
  return JSON.stringify(store.getState());
}

/** What may be done to a store, once. */
export const operations: Record<string, (store: IsolatedStore) => void> = {
  'an action of several slices': (store) => store.dispatch({ type: 'both' }),
  'a member of a large object': (store) =>
    store.dispatch(list.actions.put({ key: 'new', value: 1 })),
  'an element of a list': (store) => store.dispatch(list.actions.add({ id: 9, text: 'nine' })),
  'a reset': (store) => store.dispatch(list.actions.clear()),
  'a marked action': (store) => store.dispatch(crossApp(list.actions.clear())),
  'a read': (store) => void store.read(['list', 'items', 7]),
  'all state': (store) => void textOf(store),
  'a snapshot': (store) => store.hydrate('count', { n: 77 }),
  'a reducer of the outside': () => void list.reducer(undefined, list.actions.clear()),
  inspection: (store) => void store.inspect(),
  'a watch': (store) => store.watch(['list', 'n'], () => undefined)(),
};

/** The states that a store may have after an operation, which may fail, and after one more action. */
export function expectedTexts(reducers: typeof bothKinds, operation: string): string[][] {
  return [() => undefined, operations[operation]!].map((run) => {
    const store = openStore(reducers);
    run(store);
    const before = textOf(store);
    store.dispatch({ type: 'both' });
    const after = textOf(store);
    store.dispose();
    return [before, after];
  });
}
