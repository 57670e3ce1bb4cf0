import { defineSlice, type NativeSlice, type Slice } from 'isthmus';
import {
  add,
  eq,
  inc,
  insert,
  item,
  literal,
  merge,
  object,
  or,
  payload,
  push,
  remove,
  removeWhere,
  reset,
  set,
  state,
  unset,
  updateWhere,
  upsert,
  when,
  type Expression,
  type StepPath,
  type Step,
} from 'isthmus/program';
import { describe, expect, expectTypeOf, it } from 'vitest';

// What is here compiles: that is most of the test.

interface Item {
  sku: string;
  qty: number;
  note?: string;
}

describe('the types accept', () => {
  it('the example of the design', () => {
    const cart = defineSlice({
      name: 'cart',
      schemaVersion: 1,
      initialState: { items: [] as Item[], status: 'idle' },
      reducers: {
        addItem: [
          upsert('/items', { by: 'sku', value: payload(), onMatch: [inc('/qty', payload('qty'))] }),
        ],
        rename: [set(['items', payload('index'), 'sku'], payload('name'))],
        addNote: [push('/items', object({ sku: payload('sku'), qty: 1, note: payload('text') }))],
        teardown: [reset()],
      },
      on: { 'auth/logout': [reset()] },
      contract: {
        'cart/addItem': { from: '*', to: '*', schemaVersion: 1, never: ['/note'] },
      },
    });
    expect(cart.actions.addItem({ sku: 'a', qty: 1 }).type).toBe('cart/addItem');
    expectTypeOf(cart.getInitialState()).toEqualTypeOf<{ items: Item[]; status: string }>();
  });

  it('paths to the state itself, to optional members, to elements by any index', () => {
    defineSlice({
      name: 'paths',
      initialState: { items: [] as Item[], pair: ['a', 1] as [string, number] },
      reducers: {
        self: [
          set('', { items: [{ sku: 'a', qty: 1 }], pair: ['b', 2] }),
          merge('', { items: [] }),
        ],
        optional: [set('/items/0/note', 'x'), unset('/items/3/note'), reset('/items')],
        tokens: [set(['items', 0, 'note'], 'x'), remove(['items', add(state('pair.1'), 1)])],
        tuple: [set('/pair/1', 'a')],
        insert: [
          insert('/items/0', { sku: 'a', qty: 1 }),
          insert(['items', payload()], payload('x')),
        ],
      },
    });
  });

  it('escaped tokens, keys that are numbers, and paths through what may be null', () => {
    interface User {
      name: string;
      address?: { city: string };
    }
    defineSlice({
      name: 'keys',
      initialState: {
        'a/b': { '~c': 1 },
        byId: {} as Record<number, User>,
        user: null as User | null,
        shape: { kind: 'circle', radius: 1 } as
          { kind: 'circle'; radius: number } | { kind: 'square'; side: number },
      },
      reducers: {
        escaped: [inc('/a~1b/~0c')],
        numbers: [set('/byId/7/name', 'x'), set(['byId', 7, 'name'], 'x'), unset('/byId/8')],
        nullable: [
          set('/user/address/city', 'x'),
          set('/user', null),
          set('/user/name', state('user.name')),
        ],
        union: [inc('/shape/radius'), inc('/shape/side')],
      },
    });
  });

  it('constants, deep and read-only ones too, of the type that is there', () => {
    const defaults = { theme: 'dark', tags: ['a', 'b'] } as const;
    defineSlice({
      name: 'constants',
      initialState: {
        settings: { theme: 'light' as 'light' | 'dark', tags: [] as string[] },
        at: 0 as number | null,
      },
      reducers: {
        all: [set('/settings', defaults), set('/settings', literal({ theme: 'dark', tags: [] }))],
        some: [set('/settings/theme', 'dark'), push('/settings/tags', 'c'), set('/at', null)],
        computed: [
          set('/at', add(state('at'), 1)),
          inc('/at'),
          set('/settings/tags/0', or(payload(), 'x')),
        ],
      },
    });
  });

  it('read-only, optional, branded and unchecked parts', () => {
    type Id = string & { readonly brand: 'id' };
    enum Level {
      Low,
      High,
    }
    interface Parts {
      readonly list: readonly { readonly id: Id }[];
      more?: string[];
      byId: Partial<Record<Id, number>>;
      level: Level;
      // eslint-disable-next-line @typescript-eslint/no-explicit-any
      data: any;
      count: number;
    }
    const { actions } = defineSlice({
      name: 'parts',
      initialState: { list: [], byId: {}, level: Level.Low, data: {}, count: 0 } as Parts,
      reducers: {
        list: [push('/list', payload()), set('/count', state('list.length'))],
        more: [push('/more', 'x'), set('/more', payload('more'))],
        byId: [inc(['byId', payload('id')])],
        level: [set('/level', Level.High), set('/level', payload())],
        data: [set('/data/x/0', 1), inc('/data/n'), set('/data', payload())],
      },
    });
    expectTypeOf(actions.list).parameters.toEqualTypeOf<[payload: { readonly id: Id }]>();
    expectTypeOf(actions.more).parameters.toEqualTypeOf<[payload: { more: string[] }]>();
    expectTypeOf(actions.byId).parameters.toEqualTypeOf<[payload: { id: Id }]>();
    expectTypeOf(actions.level).parameters.toEqualTypeOf<[payload: Level]>();
    expectTypeOf(actions.data).parameters.toEqualTypeOf<[payload?: unknown]>();
  });

  it('states of which little is known', () => {
    const open = {
      name: 'open',
      reducers: { go: [set('/a/b', payload('c')), inc('/n', 2), push('/l', 1)] },
    };
    // eslint-disable-next-line @typescript-eslint/no-explicit-any
    defineSlice({ ...open, initialState: {} as any });
    defineSlice({ ...open, initialState: {} as unknown });
    defineSlice({ ...open, initialState: {} });
    defineSlice({ ...open, initialState: {} as Record<string, unknown> });
    defineSlice({
      name: 'untyped',
      initialState: { ids: [], entities: {} },
      reducers: { add: [push('/ids', payload('id')), set(['entities', payload('id')], payload())] },
    });
    defineSlice({
      name: 'counts',
      initialState: {} as Record<string, number>,
      reducers: { count: [set([payload()], 0), inc('/a'), inc([payload()])] },
    });
  });

  it('recursive states', () => {
    type Json = string | number | boolean | null | Json[] | { [key: string]: Json };
    interface Tree {
      value: number;
      json: Json;
      children: Tree[];
    }
    const { actions } = defineSlice({
      name: 'tree',
      initialState: { value: 0, json: null, children: [] } as Tree,
      reducers: {
        grow: [push('/children/0/children', payload())],
        count: [inc('/children/0/children/1/children/2/children/3/value')],
        set: [set('/json/a/0/b', { c: [1, 'x', null] }), set('/children/0/json', payload('json'))],
      },
    });
    expectTypeOf(actions.grow).parameters.toEqualTypeOf<[payload: Tree]>();
  });

  it('nested steps, typed against the element', () => {
    interface Group {
      id: string;
      items: Item[];
    }
    const { actions } = defineSlice({
      name: 'groups',
      initialState: { groups: [] as Group[], limit: 3 },
      reducers: {
        add: [
          updateWhere('/groups', eq(item('id'), payload('group')), [
            upsert('/items', {
              by: 'sku',
              value: object({ sku: payload('sku'), qty: state('limit') }),
              onMatch: [
                when(eq(item('qty'), state('limit')), [set('/note', 'full')], [inc('/qty')]),
              ],
            }),
          ]),
        ],
        drop: [removeWhere('/groups/0/items', eq(item('sku'), payload()))],
      },
    });
    expectTypeOf(actions.add).parameters.toEqualTypeOf<[payload: { group: string; sku: string }]>();
  });

  it('paths and expressions that are only known at run time', () => {
    const path = '/name' as string;
    const tokens = ['items', 0] as StepPath;
    const expression = payload('n') as Expression;
    defineSlice({
      name: 'dynamic',
      initialState: { name: '', items: [] as Item[] },
      reducers: {
        paths: [
          set(path, 1),
          inc(tokens),
          push(`/items/${path}`, 1),
          set(['items', path], payload()),
        ],
        values: [
          set('/name', expression),
          set('/name', payload(path)),
          inc('/items/0/qty', expression),
        ],
      },
    });
  });

  it('steps that are put together elsewhere', () => {
    const clear = [set('/name', ''), reset('/items')] as const;
    const more: Step[] = [{ op: 'reset' }];
    const initialState = { name: '', items: [] as Item[] };
    const slice = defineSlice({
      name: 'parts',
      initialState,
      reducers: { clear, all: [...clear, set('/name', payload()), ...more] },
      on: { 'auth/logout': clear, other: more },
    });
    expectTypeOf(slice.actions.all).parameters.toEqualTypeOf<[payload: string]>();
    expectTypeOf(slice).toExtend<Slice>();
    expectTypeOf(slice).toExtend<NativeSlice<typeof initialState, object>>();
  });

  it('a generic function whose reducers are not held against its type parameter', () => {
    function list<T extends { id: string }>(name: string, items: T[]) {
      const reducers: Record<'add' | 'clear', Step[]> = {
        add: [push('/items', payload())],
        clear: [reset()],
      };
      return defineSlice({ name, initialState: { items }, reducers });
    }
    const { actions, getInitialState } = list('items', [{ id: 'a', size: 1 }]);
    expectTypeOf(actions.add).parameters.toEqualTypeOf<[payload?: unknown]>();
    expectTypeOf(getInitialState().items[0]!.size).toEqualTypeOf<number>();
  });
});
