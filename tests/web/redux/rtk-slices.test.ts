// @vitest-environment jsdom
import {
  combineSlices,
  createAction,
  createEntityAdapter,
  createSlice,
  isAnyOf,
  type EntityState,
  type PayloadAction,
} from '@reduxjs/toolkit';
import { defineSlice, loadEngine } from 'isthmus';
import { inc, payload, push, reset, set, entityTable } from 'isthmus/program';
import { describe, expect, it, vi } from 'vitest';

import { storeMakers } from './store-makers.js';

await loadEngine();

const loggedOut = createAction('auth/loggedOut');

/** A slice of Redux Toolkit and a native one that follow each other's actions. */
const cart = defineSlice({
  name: 'cart',
  initialState: { skus: [] as string[], owner: '' },
  reducers: { add: [push('/skus', payload())], clear: [reset()] },
  on: { 'user/renamed': [set('/owner', payload())], [loggedOut.type]: [reset()] },
});
const user = createSlice({
  name: 'user',
  initialState: { name: '', added: [] as string[] },
  reducers: { renamed: (state, { payload }: PayloadAction<string>) => void (state.name = payload) },
  extraReducers: (builder) =>
    builder
      .addCase(cart.actions.add, (state, { payload }) => void state.added.push(payload as string))
      .addMatcher(isAnyOf(loggedOut, cart.actions.clear), (state) => void (state.added = [])),
});

interface State {
  cart: { skus: string[]; owner: string };
  user: { name: string; added: string[] };
}

describe.each(storeMakers)('native and Redux Toolkit slices side by side: %s', (_name, open) => {
  const openBoth = () =>
    open<State>({ natives: [cart], reducers: { [user.name]: user.reducer } }).store;

  it('are one state', () => {
    expect(openBoth().getState()).toMatchObject({
      cart: { skus: [], owner: '' },
      user: { name: '', added: [] },
    });
  });

  it('a native slice sees the actions of createSlice', () => {
    const store = openBoth();
    store.dispatch(user.actions.renamed('Ada'));
    expect(store.getState()).toMatchObject({ cart: { owner: 'Ada' }, user: { name: 'Ada' } });
  });

  it('createSlice sees the actions of a native slice, through cases and matchers', () => {
    const store = openBoth();
    store.dispatch(cart.actions.add('a'));
    expect(store.getState().user.added).toEqual(['a']);
    store.dispatch(cart.actions.clear());
    expect(store.getState()).toMatchObject({ cart: { skus: [] }, user: { added: [] } });
  });

  it('both see an action that belongs to neither', () => {
    const store = openBoth();
    store.dispatch(cart.actions.add('a'));
    store.dispatch(loggedOut());
    expect(store.getState()).toMatchObject({ cart: { skus: [] }, user: { added: [] } });
  });

  it('change in one dispatch, which listeners see as one', () => {
    const store = openBoth();
    const seen: unknown[] = [];
    store.subscribe(() => seen.push([store.getState().cart.skus, store.getState().user.added]));
    store.dispatch(cart.actions.add('a'));
    expect(seen).toEqual([[['a'], ['a']]]);
  });

  it('that an action does not concern keep their reference', () => {
    const store = openBoth();
    store.dispatch(cart.actions.add('a'));
    const before = store.getState();
    store.dispatch({ type: 'user/unknown' });
    expect(store.getState()).toBe(before);
    store.dispatch(user.actions.renamed('Ada'));
    expect(store.getState().user.added).toBe(before.user.added);
    expect(store.getState().cart.skus).toBe(before.cart.skus);
  });

  it('that come later see each other, too', () => {
    const { store, join } = open<State>({ natives: [cart] });
    store.dispatch(cart.actions.add('before'));
    join({ reducers: { user: user.reducer } });
    store.dispatch(cart.actions.add('after'));
    expect(store.getState().user.added).toEqual(['after']);
    store.dispatch(user.actions.renamed('Ada'));
    expect(store.getState().cart).toEqual({ skus: ['before', 'after'], owner: 'Ada' });
  });

  it('a selector of a slice reads its branch', () => {
    const store = openBoth();
    store.dispatch(user.actions.renamed('Ada'));
    expect(user.selectSlice(store.getState()).name).toBe('Ada');
  });
});

describe.each(storeMakers)('combineSlices on %s', (_name, open) => {
  const first = createSlice({
    name: 'first',
    initialState: 0,
    reducers: { up: (state) => state + 1 },
  });
  const lazy = createSlice({
    name: 'lazy',
    initialState: { n: 0 },
    reducers: { up: (state) => void (state.n += 1) },
    selectors: { n: ({ n }) => n },
  });
  interface Lazy {
    [lazy.name]: { n: number };
  }
  interface Combined {
    area: { first: number; lazy?: { n: number } };
  }
  const combine = () => combineSlices(first).withLazyLoadedSlices<Lazy>();

  it('is a slice of its own, into which others are injected', () => {
    const reducer = combine();
    const { store } = open<Combined>({ reducers: { area: reducer } });
    expect(store.getState().area).toEqual({ first: 0 });
    reducer.inject(lazy);
    store.dispatch(lazy.actions.up());
    expect(store.getState().area).toEqual({ first: 0, lazy: { n: 1 } });
  });

  it('that a remote brings may be injected into before and after it comes', () => {
    const reducer = combine();
    const injected = lazy.injectInto(reducer);
    const { store, join } = open<Combined>();
    join({ reducers: { area: reducer } });
    store.dispatch(first.actions.up());
    expect(store.getState().area).toEqual({ first: 1, lazy: { n: 0 } });
    const late = createSlice({ name: 'late', initialState: 'here', reducers: {} });
    reducer.inject(late as never);
    store.dispatch({ type: 'next' });
    expect(store.getState().area).toMatchObject({ late: 'here' });
    expect(injected.selectors.n(store.getState().area)).toBe(0);
  });

  it('its selectors know an injected slice before the first action reaches it', () => {
    const reducer = combine();
    const { store } = open<Combined>({ reducers: { area: reducer } });
    const withLazy = reducer.inject(lazy);
    const select = withLazy.selector((state) => state.lazy.n);
    expect(select(store.getState().area)).toBe(0);
    store.dispatch(lazy.actions.up());
    expect(select(store.getState().area)).toBe(1);
  });

  it('takes a native slice by its reducer', () => {
    const counter = defineSlice({ name: 'counter', initialState: 0, reducers: { add: [inc('')] } });
    const reducer = combineSlices(first, { counter: counter.reducer });
    const { store } = open<{ area: { counter: number } }>({ reducers: { area: reducer } });
    store.dispatch(counter.actions.add());
    expect(store.getState().area.counter).toBe(1);
  });
});

interface Book {
  id: string;
  title: string;
}
const books: Book[] = [
  { id: 'b', title: 'Emma' },
  { id: 'a', title: 'Ada' },
];
const adapter = createEntityAdapter<Book>();
const rtkBooks = createSlice({
  name: 'books',
  initialState: adapter.getInitialState(),
  reducers: {
    setAll: adapter.setAll,
    addOne: adapter.addOne,
    updateOne: adapter.updateOne,
    removeOne: adapter.removeOne,
    upsertMany: adapter.upsertMany,
  },
});
const table = entityTable('');
const nativeBooks = defineSlice({
  name: 'books',
  initialState: { ids: [], entities: {} } as EntityState<Book, string>,
  reducers: {
    setAll: [table.setAll()],
    addOne: [table.addOne()],
    updateOne: [table.updateOne()],
    removeOne: [table.removeOne()],
    upsertMany: [table.upsertMany()],
  },
});
const tables = [
  ['of createSlice', { reducers: { books: rtkBooks.reducer } }],
  ['that is native', { natives: [nativeBooks] }],
] as const;
const stores = storeMakers.flatMap(([name, open]) =>
  tables.map(([kind, parts]) => [kind, name, open, parts] as const),
);

interface Library {
  books: EntityState<Book, string>;
}

describe.each(stores)('an entity table %s on %s', (_kind, _name, open, parts) => {
  const { actions } = rtkBooks;
  const selectors = adapter.getSelectors<Library>((state) => state.books);
  const openBooks = () => {
    const { store } = open<Library>(parts);
    store.dispatch(actions.setAll(books));
    return store;
  };

  it('is read by every selector of the adapter', () => {
    const state = openBooks().getState();
    expect(selectors.selectIds(state)).toEqual(['b', 'a']);
    expect(selectors.selectAll(state)).toEqual(books);
    expect(selectors.selectTotal(state)).toBe(2);
    expect(selectors.selectById(state, 'a')).toEqual(books[1]);
    expect(selectors.selectEntities(state)).toEqual({ a: books[1], b: books[0] });
  });

  it("follows the adapter's operations", () => {
    const store = openBooks();
    store.dispatch(actions.updateOne({ id: 'a', changes: { title: 'Eve' } }));
    store.dispatch(actions.addOne({ id: 'b', title: 'ignored' }));
    store.dispatch(actions.upsertMany([{ id: 'c', title: 'Cid' }]));
    store.dispatch(actions.removeOne('b'));
    expect(selectors.selectAll(store.getState())).toEqual([
      { id: 'a', title: 'Eve' },
      { id: 'c', title: 'Cid' },
    ]);
  });

  it('keeps what an update does not concern, so that selectors are not run again', () => {
    const store = openBooks();
    const before = store.getState();
    const all = selectors.selectAll(before);
    store.dispatch(actions.removeOne('nowhere'));
    expect(selectors.selectAll(store.getState())).toBe(all);
    store.dispatch(actions.updateOne({ id: 'a', changes: { title: 'Eve' } }));
    expect(selectors.selectById(store.getState(), 'b')).toBe(selectors.selectById(before, 'b'));
    expect(selectors.selectIds(store.getState())).toBe(selectors.selectIds(before));
  });

  it("is sorted by a selector's own comparer", () => {
    const sorted = createEntityAdapter<Book>({
      sortComparer: (a, b) => a.title.localeCompare(b.title),
    });
    const state = openBooks().getState();
    const upserted = sorted.setAll(sorted.getInitialState(), selectors.selectAll(state));
    expect(upserted.ids).toEqual(['a', 'b']);
  });

  it('a thousand entries are read as few are', () => {
    const { store } = open<Library>(parts);
    const many = Array.from({ length: 1000 }, (_, i) => ({ id: `id-${i}`, title: `${i}` }));
    store.dispatch(actions.setAll(many));
    expect(selectors.selectAll(store.getState())).toEqual(many);
    const seen = vi.fn();
    for (const id of store.getState().books.ids) seen(selectors.selectById(store.getState(), id));
    expect(seen).toHaveBeenLastCalledWith(many.at(-1));
  });
});
