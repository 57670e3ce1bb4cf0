import { defineSlice, IsthmusError, loadEngine } from 'isthmus';
import {
  add,
  entityTable,
  eq,
  inc,
  item,
  merge,
  object,
  payload,
  push,
  removeWhere,
  reset,
  set,
  state,
  upsert,
  type Step,
} from 'isthmus/program';
import { describe, expect, expectTypeOf, it } from 'vitest';

await loadEngine();

interface User {
  name: string;
  address?: { city: string };
}

interface Item {
  sku: string;
  qty: number;
  note?: string;
}

const initialState = {
  user: null as User | null,
  count: 0,
  items: [] as Item[],
  byId: {} as Record<string, Item>,
  products: { ids: [] as string[], entities: {} as Record<string, Item> },
  'a.b': { c: 1 },
  'x/y': 0,
  rule: 'a member that is named as what expressions have',
  any: null as unknown,
};

const canonical = (steps: unknown): unknown => JSON.parse(JSON.stringify(steps));

describe('reducers as a function of references', () => {
  const slice = defineSlice({
    name: 'refs',
    initialState,
    reducers: ({ state, payload }) => {
      const login = payload<{ user: User; note?: string }>();
      const products = entityTable(state.products, { selectId: 'sku', sortBy: 'sku' });
      return {
        login: [set(state.user, login.user), set(state.any, login.note)],
        rename: [set(state.user.name, payload('name'))],
        city: [set(state.user.address.city, payload())],
        twice: [set(state.count, add(state.count, state.count))],
        add: [
          upsert(state.items, {
            by: 'sku',
            value: payload(),
            onMatch: [inc('/qty', payload('qty'))],
          }),
        ],
        first: [set(state.items.at(0).qty, state.items.length)],
        put: [merge(state.byId, object({ a: payload() }))],
        drop: [removeWhere(state.items, eq(item('sku'), payload()))],
        escaped: [inc(state['x/y']), inc(state['a.b'].c), set(state.rule, 'r')],
        stock: [products.setAll()],
        clear: [reset(state.items)],
        nth: [set(state.items.at(payload('index')).qty, payload('qty'))],
        keyed: [
          set(state.byId.at(payload('key')), payload('item')),
          set(state.byId.at('z').qty, 9),
        ],
      };
    },
    on: ({ state }) => ({ 'auth/logout': [set(state.user, null)], reset: [reset()] }),
  });
  const { actions, reducer } = slice;
  const after = (...done: { type: string }[]) =>
    done.reduce((before, action) => reducer(before, action), slice.getInitialState());

  it('writes and reads what the references name', () => {
    const user = { name: 'Ada', address: { city: 'London' } };
    expect(after(actions.login({ user }))).toEqual({ ...initialState, user, any: null });
    const renamed = after(
      actions.login({ user, note: 'n' }),
      actions.rename({ name: 'Eve' }),
      actions.city('Rome'),
    );
    expect(renamed).toMatchObject({ user: { name: 'Eve', address: { city: 'Rome' } }, any: 'n' });
    expect(after(actions.login({ user }), { type: 'auth/logout' }).user).toBeNull();
    const [a, b] = [
      { sku: 'a', qty: 1 },
      { sku: 'b', qty: 7 },
    ];
    expect(after(actions.add(a), actions.add(b), actions.add(a)).items).toEqual([
      { sku: 'a', qty: 2 },
      b,
    ]);
    expect(after(actions.add(a), actions.add(b), actions.first()).items[0]).toEqual({
      sku: 'a',
      qty: 2,
    });
    expect(after(actions.add(a), actions.add(b), actions.drop('a')).items).toEqual([b]);
    expect(after(actions.add(a), actions.clear()).items).toEqual([]);
    expect(after(actions.put(a)).byId).toEqual({ a });
    const nth = after(actions.add(a), actions.add(b), actions.nth({ index: 1, qty: 5 }));
    expect(nth.items).toEqual([a, { sku: 'b', qty: 5 }]);
    const keyed = after(actions.keyed({ key: 'z', item: a }));
    expect(keyed.byId).toEqual({ z: { sku: 'a', qty: 9 } });
    expect(after(actions.stock([b, a])).products.ids).toEqual(['a', 'b']);
    const { 'x/y': y, 'a.b': ab, rule } = after(actions.escaped(), actions.escaped());
    expect([y, ab, rule]).toEqual([2, { c: 3 }, 'r']);
  });

  it('types the action creators by what is asked of the payload', () => {
    expectTypeOf(actions.login).parameters.toEqualTypeOf<
      [payload: { user: User; note?: string | undefined }]
    >();
    expectTypeOf(actions.rename).parameters.toEqualTypeOf<[payload: { name: string }]>();
    expectTypeOf(actions.city).parameters.toEqualTypeOf<[payload: string]>();
    expectTypeOf(actions.add).parameters.toEqualTypeOf<[payload: Item]>();
    expectTypeOf(actions.drop).parameters.toEqualTypeOf<[payload: string]>();
    expectTypeOf(actions.nth).parameters.toEqualTypeOf<[payload: { index: number; qty: number }]>();
    expectTypeOf(actions.keyed).parameters.toEqualTypeOf<[payload: { key: string; item: Item }]>();
    expectTypeOf(actions.twice).parameters.toEqualTypeOf<[]>();
    expectTypeOf(actions.stock).parameters.toEqualTypeOf<
      [payload: readonly Item[] | Record<string, Item>]
    >();
    expectTypeOf(slice.getInitialState()).toEqualTypeOf<typeof initialState>();
  });

  it('makes the steps that pointers and paths make', () => {
    let made: Record<string, readonly Step[]> = {};
    defineSlice({
      name: 'same',
      initialState,
      reducers: ({ state, payload }) =>
        (made = { go: [set(state.user.name, payload<User>().name), push(state.items, payload())] }),
    });
    expect(canonical(made)).toEqual({
      go: canonical([set('/user/name', payload('name')), push('/items', payload())]),
    });
  });
});

describe('what references cannot be does not compile:', () => {
  it('members that there are not, and places outside of the state', () => {
    const make = () =>
      defineSlice({
        name: 'wrong',
        initialState,
        reducers: ({ state, payload }) => ({
          // @ts-expect-error no such member
          path: [set(state.usr, null)],
          // @ts-expect-error the stated payload has no such member
          part: [set(state.count, payload<User>().nme)],
          // @ts-expect-error the payload is no place
          place: [set(payload<User>().name, '')],
        }),
      });
    expect(make).toThrow(IsthmusError);
  });

  it('values that do not fit', () => {
    defineSlice({
      name: 'constant',
      initialState,
      // @ts-expect-error a text is no number
      reducers: ({ state }) => ({ go: [set(state.count, 'x')] }),
    });
    defineSlice({
      name: 'read',
      initialState,
      // @ts-expect-error a text is no number
      reducers: ({ state }) => ({ go: [inc(state.count), set(state.count, state.rule)] }),
    });
    defineSlice({
      name: 'stated',
      initialState,
      // @ts-expect-error a user is no number
      reducers: ({ state, payload }) => ({ go: [set(state.count, payload<User>())] }),
    });
    defineSlice({
      name: 'kind',
      initialState,
      // @ts-expect-error a record is no array
      reducers: ({ state, payload }) => ({ go: [push(state.byId, payload())] }),
    });
    defineSlice({
      name: 'on',
      initialState,
      reducers: {},
      // @ts-expect-error a text is no number
      on: ({ state }) => ({ other: [set(state.count, 'x')] }),
    });
  });
});

describe('a reference', () => {
  it('of the payload is no place', () => {
    const refused = () => set(payload<User>().name as never, 1);
    expect(refused).toThrow(/the path of a step is a JSON Pointer .* or a reference to the state/);
    expect(refused).toThrow(expect.objectContaining({ code: 'invalid-argument' }));
  });

  it('to a member with a dot in its name may be written, but not read', () => {
    const reducers = (read: boolean) =>
      defineSlice({
        name: 'dots',
        initialState,
        reducers: ({ state }) => ({
          go: [read ? set('/count', state['a.b'].c as never) : set(state['a.b'].c, 1)],
        }),
      });
    expect(() => reducers(false)).not.toThrow();
    expect(() => reducers(true)).toThrow(/'a.b', whose name has a dot, cannot be read/);
  });

  it('is read only', () => {
    defineSlice({
      name: 'frozen',
      initialState,
      reducers: ({ state }) => {
        // @ts-expect-error references are read only
        expect(() => (state.count = 1)).toThrow(TypeError);
        return {};
      },
    });
  });

  it('is JSON as its rule', () => {
    expect(canonical([payload(), payload<User>().name])).toEqual([
      { var: 'payload' },
      { var: 'payload.name' },
    ]);
  });

  it('goes together with the builders of the same names', () => {
    expect(canonical(set('/a', state('b.c')))).toEqual({
      op: 'set',
      path: '/a',
      value: { var: 'state.b.c' },
    });
  });
});
