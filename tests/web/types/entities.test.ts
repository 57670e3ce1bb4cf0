import { defineSlice } from 'isthmus';
import {
  and,
  eq,
  gt,
  inc,
  incoming,
  item,
  merge,
  object,
  payload,
  set,
  state,
  sub,
  updateWhere,
  upsert,
  type EntityOptions,
  entityTable,
} from 'isthmus/program';
import { createEntityAdapter } from '@reduxjs/toolkit';
import { describe, expectTypeOf, it } from 'vitest';

// What is here compiles: that is most of the test.

interface Product {
  sku: string;
  name: string;
  stock: number;
  tags?: string[];
}

interface Order {
  id: number;
  lines: { sku: string; qty: number }[];
}

interface State {
  products: { ids: string[]; entities: Record<string, Product> };
  orders: { ids: number[]; entities: Partial<Record<number, Order>>; loaded: boolean } | null;
  limit: number;
}

const initialState: State = {
  products: { ids: [], entities: {} },
  orders: null,
  limit: 1,
};

const bySku = { selectId: 'sku', sortBy: ['-stock', 'name'] } as const;
const products = entityTable('/products', bySku);
const orders = entityTable('/orders');

const { actions } = defineSlice({
  name: 'shop',
  initialState,
  reducers: {
    addOne: [products.addOne()],
    addMany: [products.addMany()],
    setOne: [products.setOne()],
    setMany: [products.setMany()],
    setAll: [entityTable('/products', { selectId: 'sku', sortBy: '-name' }).setAll()],
    updateOne: [products.updateOne()],
    updateMany: [products.updateMany()],
    upsertOne: [products.upsertOne()],
    upsertMany: [products.upsertMany()],
    removeOne: [products.removeOne()],
    removeMany: [entityTable('/products').removeMany()],
    removeAll: [products.removeAll()],
    addOrder: [orders.addOne()],
    setOrders: [orders.setAll(), set('/orders/loaded', true)],
    updateOrder: [orders.updateOne()],
    removeOrders: [orders.removeMany()],
    load: [products.setAll({ value: payload('products') }), inc('/limit')],
    restock: [
      products.updateOne({
        value: object({ id: payload('sku'), changes: object({ stock: payload('stock') }) }),
      }),
    ],
    place: [
      products.setOne({
        value: object({ sku: payload('sku'), name: payload('title'), stock: state('limit') }),
      }),
    ],
    clear: [entityTable('/products').removeMany({ value: [] }), orders.setAll({ value: {} })],
    rename: [products.updateMany({ where: eq(item('name'), payload('from')) })],
    fill: [
      products.updateMany({
        where: gt(payload('below'), item('stock')),
        value: object({ stock: sub(state('limit'), item('stock')), name: payload('name') }),
      }),
    ],
    sell: [
      products.updateMany({
        where: and(eq(item('sku'), payload('sku')), gt(item('stock'), 0)),
        onMatch: [inc('/stock', payload('by')), set('/name', item('name'))],
      }),
    ],
    sellOut: [entityTable('/products').removeMany({ where: eq(item('name'), payload()) })],
    receive: [
      products.upsertMany({
        value: payload('products'),
        onMatch: [inc('/stock', incoming('stock')), merge('', object({ name: incoming('name') }))],
      }),
    ],
    receiveOne: [products.upsertOne({ onMatch: [inc('/stock', payload('stock'))] })],
  },
});

type Payload<Event extends keyof typeof actions> = Parameters<(typeof actions)[Event]>;

describe('the payload of an entity step is', () => {
  it('an entity', () => {
    expectTypeOf<Payload<'addOne'>>().toEqualTypeOf<[payload: Product]>();
    expectTypeOf<Payload<'setOne'>>().toEqualTypeOf<[payload: Product]>();
    expectTypeOf<Payload<'upsertOne'>>().toEqualTypeOf<[payload: Product]>();
    expectTypeOf<Payload<'addOrder'>>().toEqualTypeOf<[payload: Order]>();
  });

  it('an array or a record of entities', () => {
    type Products = readonly Product[] | Record<string, Product>;
    expectTypeOf<Payload<'addMany'>>().toEqualTypeOf<[payload: Products]>();
    expectTypeOf<Payload<'setMany'>>().toEqualTypeOf<[payload: Products]>();
    expectTypeOf<Payload<'setAll'>>().toEqualTypeOf<[payload: Products]>();
    expectTypeOf<Payload<'upsertMany'>>().toEqualTypeOf<[payload: Products]>();
    expectTypeOf<Payload<'load'>>().toEqualTypeOf<[payload: { products: Products }]>();
    type Orders = readonly Order[] | Record<number, Order>;
    expectTypeOf<Payload<'setOrders'>>().toEqualTypeOf<[payload: Orders]>();
  });

  it('changes with the id', () => {
    type Update = { id: string; changes: Partial<Product> };
    expectTypeOf<Payload<'updateOne'>>().toEqualTypeOf<[payload: Update]>();
    expectTypeOf<Payload<'updateMany'>>().toEqualTypeOf<[payload: readonly Update[]]>();
    expectTypeOf<Payload<'updateOrder'>>().toEqualTypeOf<
      [payload: { id: number; changes: Partial<Order> }]
    >();
  });

  it('an id, ids, or members that the entities have', () => {
    expectTypeOf<Payload<'removeOne'>>().toEqualTypeOf<[payload: string]>();
    expectTypeOf<Payload<'removeMany'>>().toEqualTypeOf<
      [payload: readonly string[] | { where: Partial<Product> }]
    >();
    expectTypeOf<Payload<'removeOrders'>>().toEqualTypeOf<
      [payload: readonly number[] | { where: Partial<Order> }]
    >();
  });

  it('nothing, where the step takes none or its value needs none', () => {
    expectTypeOf<Payload<'removeAll'>>().toEqualTypeOf<[]>();
    expectTypeOf<Payload<'clear'>>().toEqualTypeOf<[]>();
  });

  it('what the parts of the value need', () => {
    expectTypeOf<Payload<'restock'>>().toEqualTypeOf<[payload: { sku: string; stock: number }]>();
    expectTypeOf<Payload<'place'>>().toEqualTypeOf<[payload: { sku: string; title: string }]>();
  });

  it('what where, the changes and the steps need', () => {
    expectTypeOf<Payload<'rename'>>().toEqualTypeOf<
      [payload: Partial<Product> & { from: string }]
    >();
    expectTypeOf<Payload<'fill'>>().toEqualTypeOf<[payload: { below: number; name: string }]>();
    expectTypeOf<Payload<'sell'>>().toEqualTypeOf<[payload: { sku: string; by: number }]>();
    expectTypeOf<Payload<'sellOut'>>().toEqualTypeOf<[payload: string]>();
    expectTypeOf<Payload<'receive'>>().toEqualTypeOf<
      [payload: { products: readonly Product[] | Record<string, Product> }]
    >();
    expectTypeOf<Payload<'receiveOne'>>().toEqualTypeOf<[payload: Product]>();
  });

  it('refused when the step cannot use it', () => {
    // @ts-expect-error stock is missing.
    actions.addOne({ sku: 'a', name: 'b' });
    // @ts-expect-error There is no such member.
    actions.updateOne({ id: 'a', changes: { nme: 'b' } });
    // @ts-expect-error Ids are texts here.
    actions.removeOne(1);
    // @ts-expect-error The value is the whole list.
    actions.setAll({ sku: 'a', name: 'b', stock: 1 });
    // @ts-expect-error There is no payload.
    actions.removeAll('a');
  });
});

describe('the types accept', () => {
  it('the entity steps of the design, on a state of which little is known', () => {
    const { actions } = defineSlice({
      name: 'products',
      initialState: { ids: [], entities: {} },
      reducers: {
        setAll: [entityTable('').setAll()],
        addOne: [entityTable('', { selectId: 'sku', sortBy: ['-stock'] }).addOne()],
        updateOne: [entityTable('').updateOne()],
        removeOne: [entityTable('').removeOne()],
        receive: [entityTable('').upsertMany({ onMatch: [inc('/stock', incoming('stock'))] })],
      },
    });
    type Id = string | number;
    expectTypeOf(actions.setAll).parameters.toEqualTypeOf<
      [payload: readonly unknown[] | Record<Id, unknown>]
    >();
    expectTypeOf(actions.addOne).parameters.toEqualTypeOf<[payload?: unknown]>();
    expectTypeOf(actions.updateOne).parameters.toEqualTypeOf<
      [payload: { id: Id; changes: unknown }]
    >();
    expectTypeOf(actions.removeOne).parameters.toEqualTypeOf<[payload: Id]>();
  });

  it("the state of Redux Toolkit's entity adapter", () => {
    const adapter = createEntityAdapter<Order>();
    const { actions } = defineSlice({
      name: 'orders',
      initialState: adapter.getInitialState({ loaded: false }),
      reducers: {
        setAll: [entityTable('').setAll()],
        updateOne: [entityTable('', { sortBy: 'id' }).updateOne()],
      },
    });
    expectTypeOf(actions.setAll).parameters.toEqualTypeOf<
      [payload: readonly Order[] | Record<number, Order>]
    >();
    expectTypeOf(actions.updateOne).parameters.toEqualTypeOf<
      [payload: { id: number; changes: Partial<Order> }]
    >();
  });

  it('options and states that are only known at run time', () => {
    const options: EntityOptions = { selectId: 'sku', sortBy: 'name' };
    defineSlice({
      name: 'a',
      initialState,
      reducers: { go: [entityTable('/products', options).setAll()] },
    });
    const reducers = {
      go: [entityTable('/a/b').setAll(), entityTable('/a/b').updateMany({ where: item('x') })],
    };
    defineSlice({ name: 'b', initialState: {} as unknown, reducers });
    defineSlice({ name: 'c', initialState: {}, reducers });
    defineSlice({ name: 'd', initialState: {} as Record<string, unknown>, reducers });
  });

  it('incoming where the nearest upsert tells its type', () => {
    defineSlice({
      name: 'nested',
      initialState,
      reducers: {
        outer: [
          orders.upsertOne({
            onMatch: [
              upsert('/lines', {
                by: 'sku',
                value: payload('line'),
                onMatch: [inc('/qty', incoming('qty'))],
              }),
              set('/id', incoming('id')),
              updateWhere('/lines', eq(item('qty'), incoming('lines.length')), [
                set('/sku', incoming('lines.0.sku')),
              ]),
            ],
          }),
        ],
      },
    });
  });

  it('an index of arrays by members of their elements', () => {
    defineSlice({
      name: 'indexed',
      initialState: {
        lines: [] as { sku: string; ean?: string }[],
        deep: { 'a/b': { list: [] as { id: number }[] } },
        byKey: {} as Record<string, { id: number }[]>,
        open: null as unknown,
        untyped: [],
      },
      reducers: {},
      index: {
        '/lines': ['sku', 'ean'],
        '/deep/a~1b/list': ['id'],
        '/byKey/x': ['id'],
        '/open/list': ['id'],
        '/untyped': ['id'],
      },
    });
    const index: Record<string, string[]> = {};
    defineSlice({ name: 'dynamic', initialState, reducers: {}, index });
  });
});
