import { createSlice } from '@reduxjs/toolkit';
import { createIsolatedStore, defineSlice, IsthmusError, loadEngine, type StateOf } from 'isthmus';
import { inc, payload, push, set } from 'isthmus/program';
import { describe, expect, it, vi } from 'vitest';

await loadEngine();

interface Item {
  sku: string;
  qty: number;
}

const cart = defineSlice({
  name: 'cart',
  initialState: {
    items: [{ sku: 'a', qty: 1 }] as Item[],
    byId: {} as { [id: string]: Item },
    user: null as { name: string; 'full name'?: string } | null,
    at: 0,
    isOpen: false,
  },
  reducers: {
    grow: [inc('/items/0/qty')],
    add: [push('/items', payload())],
    login: [set('/user', payload())],
    open: [set('/isOpen', true)],
  },
});
type State = StateOf<typeof cart>;
const profile = createSlice({
  name: 'profile',
  reducerPath: 'me',
  initialState: { tags: ['x', 'y'], map: new Map([['a', 1]]) },
  reducers: { tag: (state, { payload }: { payload: string }) => void state.tags.push(payload) },
});
const count = { key: 'count', reducer: (state: number = 7) => state };

const open = () => createIsolatedStore({ name: 'app', slices: [cart, profile, count] });

describe('a pick', () => {
  it('follows properties, indices and optional chains, of slices of every kind', () => {
    const store = open();
    expect(store.read(cart, (state) => state)).toBe(store.getState().cart);
    expect(store.read(cart, (state) => state.items)).toBe(store.getState().cart.items);
    expect(store.read(cart, ({ items: { 0: first } }) => first?.qty)).toBe(1);
    expect(store.read(cart, (state) => state.items[0]?.qty)).toBe(1);
    expect(store.read(profile, ({ tags }) => tags[1])).toBe('y');
    expect(store.read(profile, ({ map }) => map)).toBe(store.getState().me.map);
    expect(store.read(count, (state) => state)).toBe(7);
  });

  it('gives undefined where nothing is, also below null and of a slice that is absent', () => {
    const store = open();
    expect(store.read(cart, (state) => state.items[5]?.qty)).toBeUndefined();
    expect(store.read(cart, (state) => state.byId['x']?.qty)).toBeUndefined();
    expect(store.read(cart, (state) => state.user?.name)).toBeUndefined();
    const other = createIsolatedStore({ name: 'other' });
    expect(other.read(cart, (state) => state.items)).toBeUndefined();
    store.dispatch(cart.actions.login({ name: 'Ada', 'full name': 'Ada L.' }));
    expect(store.read(cart, (state) => state.user?.['full name'])).toBe('Ada L.');
  });

  it('may close over what it needs for its path', () => {
    const store = open();
    store.dispatch(cart.actions.add({ sku: 'b', qty: 5 }));
    const quantities = [0, 1, 2].map((i) => store.read(cart, (state) => state.items[i]?.qty));
    expect(quantities).toEqual([1, 5, undefined]);
  });

  it('is watched as its path is', () => {
    const store = open();
    const [first, tags, whole] = [vi.fn(), vi.fn(), vi.fn()];
    const stops = [
      store.watch(cart, (state) => state.items[0]?.qty, first),
      store.watch(profile, (state) => state.tags, tags),
      store.watch(cart, (state) => state, whole),
    ];
    store.dispatch(cart.actions.open());
    expect([first, tags, whole].map(({ mock }) => mock.calls.length)).toEqual([0, 0, 1]);
    store.dispatch(cart.actions.grow());
    store.dispatch(profile.actions.tag('z'));
    expect([first, tags, whole].map(({ mock }) => mock.calls.length)).toEqual([1, 1, 2]);
    for (const stop of stops) stop();
    store.dispatch(cart.actions.grow());
    expect(first).toHaveBeenCalledTimes(1);
    expect(store.inspect().watchers).toBe(0);
  });

  it('is recorded once: a function that is known is not called again', () => {
    const store = open();
    const pick = vi.fn((state: State) => state.items[0]?.qty);
    store.read(cart, pick);
    const { length } = pick.mock.calls;
    for (let i = 0; i < 10; i++) store.read(cart, pick);
    expect(pick).toHaveBeenCalledTimes(length);
  });
});

describe('a pick that computes is refused, and told of useSharedSelector:', () => {
  const computing: [what: string, pick: (state: State) => unknown][] = [
    ['arithmetic', (state) => state.at + 1],
    ['a comparison', (state) => state.at === 1],
    ['an order', (state) => state.at > 1],
    ['a negation', (state) => !state.isOpen],
    ['a template', (state) => `${state.at}`],
    ['a method', (state) => state.items.map(({ sku }) => sku)],
    ['a search', (state) => state.items.find(({ sku }) => sku === 'a')],
    ['a length', (state) => state.items.length],
    ['a default', (state) => state.user ?? { name: '' }],
    ['a default of a pattern', ({ user = null }) => user],
    ['a condition', (state) => (state.isOpen ? state.items : state.user)],
    ['a guard', (state) => state.user && state.user.name],
    ['an alternative', (state) => state.at || 5],
    ['a place named by the state', (state) => state.items[state.at]],
    ['a spread', (state) => ({ ...state })],
    ['a list', (state) => [state.at]],
    ['elements', ({ items: [first] }) => first],
    ['keys', (state) => Object.keys(state.byId)],
    ['a question for a member', (state) => 'x' in state.byId],
    ['a kind', (state) => typeof state.at],
    ['a text', (state) => JSON.stringify(state)],
    ['an earlier place', (state) => [state.items[0], state][1]],
    ['an assignment', (state) => (state.at = 1)],
    ['a deletion', (state) => delete state.byId['x']],
    ['a constant', () => 1],
    ['nothing', () => undefined],
  ];

  it.each(computing)('%s', (_what, pick) => {
    const store = open();
    const refusals = [() => store.read(cart, pick), () => store.watch(cart, pick, () => undefined)];
    for (const refusal of refusals) {
      expect(refusal).toThrow(IsthmusError);
      expect(refusal).toThrow(expect.objectContaining({ code: 'invalid-argument' }));
      expect(refusal).toThrow(/only follows properties.*useSharedSelector/);
    }
    expect(store.inspect().watchers).toBe(0);
  });

  it('what a pick itself throws is handed on', () => {
    const pick = () => {
      throw new RangeError('mine');
    };
    expect(() => open().read(cart, pick)).toThrow(RangeError);
  });

  it('what is no slice or no function is said to be so', () => {
    const store = open();
    expect(() => store.read('cart' as never, () => 1)).toThrow(/a slice comes from defineSlice/);
    expect(() => store.read(cart, 1 as never)).toThrow(/what picks of a slice must be a function/);
    expect(() => store.watch(cart, (state) => state.at, 1 as never)).toThrow(/listener of watch/);
    expect(() => store.read('cart' as never)).toThrow(/write \['cart'\] instead/);
    expect(() => store.read(cart as never)).toThrow(/a path is an array of keys/);
    expect(() => store.watch(cart as never, () => undefined)).toThrow(/a path is an array of keys/);
  });
});

it('beside a path, what else is given is not looked at', () => {
  const store = open();
  expect([['count'], ['me', 'tags', 0]].map(store.read)).toEqual([7, 'x']);
});
