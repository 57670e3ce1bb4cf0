import { createEntityAdapter } from '@reduxjs/toolkit';
import { Ajv } from 'ajv';
import { defineSlice, loadEngine } from 'isthmus';
import {
  eq,
  gt,
  inc,
  incoming,
  item,
  object,
  payload,
  type Step,
  entityTable,
} from 'isthmus/program';
import { describe, expect, it } from 'vitest';

import { programSchema } from '../../../web/program/program-schema.js';

await loadEngine();

interface Product {
  sku: string;
  name: string;
  stock: number;
}

const accepts = new Ajv({ strict: false }).compile(programSchema);

const bySku = { selectId: 'sku', sortBy: ['-stock', 'name'] } as const;
const table = entityTable('');
const callsOf = (one: object) => Object.entries(one as Record<string, () => Step>);
const products = entityTable('', bySku);

describe('an entity step in canonical JSON', () => {
  it.each(callsOf(table))('of %s names its place and how the table is kept', (op, make) => {
    expect(json(make())).toEqual({ op, path: '' });
    const path = ['tables', { var: 'payload.name' }];
    const named = entityTable(['tables', payload('name')], bySku);
    const [, makeNamed] = callsOf(named).find(([name]) => name === op)!;
    expect(json(makeNamed())).toEqual({ op, path, ...bySku });
  });

  it('has what the engine refuses, if it is given that in JavaScript', () => {
    const step = table.addOne({ sortBy: 'name' } as object);
    expect(json(step)).toEqual({ op: 'addOne', path: '', sortBy: 'name' });
    const reducers = { go: [table.addOne({ vlaue: 1 } as object)] };
    const initialState = { ids: [], entities: {} };
    expect(() => defineSlice({ name: 'n', initialState, reducers })).toThrow(/vlaue/);
  });

  const value = { var: 'payload.p' };
  const where = { '===': [{ var: 'item.sku' }, 'a'] };
  const onMatch = [{ op: 'inc', path: '/stock', value: { var: 'incoming.stock' } }];
  const chosen = eq(item('sku'), 'a');
  const steps = [inc('/stock', incoming('stock'))];
  it.each([
    [table.addOne({ value: payload('p') }), { op: 'addOne', path: '', value }],
    [table.setAll({ value: [] }), { op: 'setAll', path: '', value: { literal: [] } }],
    [
      table.updateOne({ value: object({ id: payload('p'), changes: { stock: 0 } }) }),
      {
        op: 'updateOne',
        path: '',
        value: { object: { id: value, changes: { literal: { stock: 0 } } } },
      },
    ],
    [table.upsertOne({ onMatch: steps }), { op: 'upsertOne', path: '', onMatch }],
    [
      table.upsertMany({ value: payload('p'), onMatch: steps }),
      { op: 'upsertMany', path: '', value, onMatch },
    ],
    [
      table.updateMany({ where: chosen, value: payload('p') }),
      { op: 'updateMany', path: '', where, value },
    ],
    [
      table.updateMany({ where: chosen, onMatch: steps }),
      { op: 'updateMany', path: '', where, onMatch },
    ],
    [table.removeMany({ where: chosen }), { op: 'removeMany', path: '', where }],
  ])('has its options: %j', (step, expected) => {
    expect(json(step)).toEqual(expected);
    expect(accepts({ name: 'n', initialState: {}, reducers: { go: [json(step)] } })).toBe(true);
  });
});

describe('with the options of a table', () => {
  const adapter = createEntityAdapter<Product, string>({
    selectId: ({ sku }) => sku,
    sortComparer: (a, b) => b.stock - a.stock || (a.name < b.name ? -1 : 1),
  });
  const product = (sku: string, stock: number) => ({ sku, name: `name of ${sku}`, stock });
  const initialState = adapter.setAll(adapter.getInitialState(), [
    product('a', 5),
    product('b', 9),
    product('c', 5),
  ]);
  const { reducer, actions } = defineSlice({
    name: 'products',
    initialState,
    reducers: {
      addOne: [products.addOne()],
      addMany: [products.addMany()],
      setOne: [products.setOne()],
      setMany: [products.setMany()],
      setAll: [products.setAll()],
      updateOne: [products.updateOne()],
      updateMany: [products.updateMany()],
      upsertOne: [products.upsertOne()],
      upsertMany: [products.upsertMany()],
      removeOne: [products.removeOne()],
      removeMany: [products.removeMany()],
      removeAll: [products.removeAll()],
      sell: [
        products.updateMany({ where: gt(item('stock'), payload()), onMatch: [inc('/stock', -8)] }),
      ],
      receive: [products.upsertMany({ onMatch: [inc('/stock', incoming('stock'))] })],
      sellOut: [products.removeMany({ where: eq(item('stock'), payload()) })],
    },
  });
  const some = [product('b', 1), product('z', 7)];
  const updates = [
    { id: 'c', changes: { stock: 20 } },
    { id: 'x', changes: {} },
  ];

  it.each([
    [actions.addOne(product('d', 6)), adapter.addOne(initialState, product('d', 6))],
    [actions.addMany(some), adapter.addMany(initialState, some)],
    [actions.setOne(product('c', 9)), adapter.setOne(initialState, product('c', 9))],
    [actions.setMany(some), adapter.setMany(initialState, some)],
    [actions.setAll(some), adapter.setAll(initialState, some)],
    [actions.updateOne(updates[0]!), adapter.updateOne(initialState, updates[0]!)],
    [actions.updateMany(updates), adapter.updateMany(initialState, updates)],
    [actions.upsertOne(product('a', 6)), adapter.upsertOne(initialState, product('a', 6))],
    [actions.upsertMany(some), adapter.upsertMany(initialState, some)],
    [actions.removeOne('b'), adapter.removeOne(initialState, 'b')],
    [actions.removeMany(['a', 'b']), adapter.removeMany(initialState, ['a', 'b'])],
    [
      actions.removeMany({ where: { stock: 5 } }),
      adapter.removeMany(initialState, { where: { stock: 5 } }),
    ],
    [actions.removeAll(), adapter.removeAll(initialState)],
  ])("Redux Toolkit's adapter does the same for %j", (action, expected) => {
    expect(expected).not.toEqual(initialState);
    expect(reducer(initialState, action)).toEqual(expected);
  });

  it('steps run on what where chooses, and on what comes again', () => {
    const idsAfter = (action: { type: string }) => reducer(initialState, action).ids;
    expect(idsAfter(actions.sell(6))).toEqual(['a', 'c', 'b']);
    expect(idsAfter(actions.sellOut(5))).toEqual(['b']);
    const received = reducer(initialState, actions.receive([product('c', 10), product('z', 1)]));
    expect(received.ids).toEqual(['c', 'b', 'a', 'z']);
    expect(received.entities['c']).toEqual(product('c', 15));
  });
});

function json(step: object): unknown {
  return JSON.parse(JSON.stringify(step));
}
