import { createEntityAdapter } from '@reduxjs/toolkit';
import { Ajv } from 'ajv';
import { defineSlice, loadEngine } from 'isthmus';
import {
  addMany,
  addOne,
  eq,
  gt,
  inc,
  incoming,
  item,
  object,
  payload,
  removeAll,
  removeMany,
  removeOne,
  setAll,
  setMany,
  setOne,
  updateMany,
  updateOne,
  upsertMany,
  upsertOne,
  type EntityOptions,
  type StepPath,
  type Step,
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
const builders: Record<string, (path: StepPath, options?: EntityOptions) => Step> = {
  ...{ addOne, addMany, setOne, setMany, setAll, updateOne, updateMany },
  ...{ upsertOne, upsertMany, removeOne, removeMany, removeAll },
};

describe('an entity step in canonical JSON', () => {
  it.each(Object.entries(builders))(
    'of %s names its place and how the table is kept',
    (op, build) => {
      expect(json(build('/products'))).toEqual({ op, path: '/products' });
      const path = ['tables', { var: 'payload.name' }];
      expect(json(build(['tables', payload('name')], bySku))).toEqual({ op, path, ...bySku });
    },
  );

  const value = { var: 'payload.p' };
  const where = { '===': [{ var: 'item.sku' }, 'a'] };
  const onMatch = [{ op: 'inc', path: '/stock', value: { var: 'incoming.stock' } }];
  const chosen = eq(item('sku'), 'a');
  const steps = [inc('/stock', incoming('stock'))];
  it.each([
    [addOne('', { value: payload('p') }), { op: 'addOne', path: '', value }],
    [setAll('', { value: [] }), { op: 'setAll', path: '', value: { literal: [] } }],
    [
      updateOne('', { value: object({ id: payload('p'), changes: { stock: 0 } }) }),
      {
        op: 'updateOne',
        path: '',
        value: { object: { id: value, changes: { literal: { stock: 0 } } } },
      },
    ],
    [upsertOne('', { onMatch: steps }), { op: 'upsertOne', path: '', onMatch }],
    [
      upsertMany('', { value: payload('p'), onMatch: steps }),
      { op: 'upsertMany', path: '', value, onMatch },
    ],
    [
      updateMany('', { where: chosen, value: payload('p') }),
      { op: 'updateMany', path: '', where, value },
    ],
    [
      updateMany('', { where: chosen, onMatch: steps }),
      { op: 'updateMany', path: '', where, onMatch },
    ],
    [removeMany('', { where: chosen }), { op: 'removeMany', path: '', where }],
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
      addOne: [addOne('', bySku)],
      addMany: [addMany('', bySku)],
      setOne: [setOne('', bySku)],
      setMany: [setMany('', bySku)],
      setAll: [setAll('', bySku)],
      updateOne: [updateOne('', bySku)],
      updateMany: [updateMany('', bySku)],
      upsertOne: [upsertOne('', bySku)],
      upsertMany: [upsertMany('', bySku)],
      removeOne: [removeOne('', bySku)],
      removeMany: [removeMany('', bySku)],
      removeAll: [removeAll('', bySku)],
      sell: [
        updateMany('', {
          ...bySku,
          where: gt(item('stock'), payload()),
          onMatch: [inc('/stock', -8)],
        }),
      ],
      receive: [upsertMany('', { ...bySku, onMatch: [inc('/stock', incoming('stock'))] })],
      sellOut: [removeMany('', { ...bySku, where: eq(item('stock'), payload()) })],
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
