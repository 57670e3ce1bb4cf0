import { setTimeout as delay } from 'node:timers/promises';
import { inspect } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { configureStore, createEntityAdapter, createSlice } from '@reduxjs/toolkit';
import { createIsolatedStore, defineSlice, loadEngine, plain } from 'isthmus';
import { payload, set, unset } from 'isthmus/program';
import { createSelector } from 'reselect';
import { beforeEach, describe, expect, it } from 'vitest';

await loadEngine();

interface Entity {
  readonly id: string;
  readonly qty: number;
}
type Entities = Record<string, Entity>;

const ids = Array.from({ length: 200 }, (_, i) => `id-${i}`);
const expected = (): Entities => Object.fromEntries(ids.map((id, qty) => [id, { id, qty }]));

// Entities at first, and whatever a test puts there.
const slice = defineSlice({
  name: 'shop',
  initialState: { entities: expected() as Record<string, unknown> },
  reducers: {
    update: [set(['entities', payload('id'), 'qty'], payload('qty'))],
    put: [set('/entities', payload())],
    add: [set(['entities', payload('id')], payload<Entity>())],
    drop: [unset(['entities', payload()])],
  },
});
const { update, put, add, drop } = slice.actions;

const open = () => createIsolatedStore({ name: 'map-views', slices: [slice] });
let store = open();
let view: Entities;
const entities = () => (store.getState().shop as { entities: Entities }).entities;
beforeEach(() => {
  store = open();
  view = entities();
});

/** A view with these members, padded so that it is a map. */
function viewOf(members: [string, unknown][]): Record<string, unknown> {
  const padding = Array.from({ length: 65 }, (_, i) => [`pad-${i}`, i]);
  store.dispatch(put(Object.fromEntries([...members, ...padding])));
  return entities() as unknown as Record<string, unknown>;
}

/** Every question is put to a fresh view, to one read as a whole and to a frozen one. */
const stages: [string, () => void][] = [
  ['unread', () => undefined],
  ['read by key', () => void view['id-5']],
  ['read as a whole', () => void Object.values(view)],
  ['frozen', () => void Object.freeze(view)],
];

describe.each(stages)('a map view, %s,', (_stage, prepare) => {
  beforeEach(() => prepare());

  it('has the keys, values and entries of the plain object, in its order', () => {
    expect(Object.keys(view)).toEqual(ids);
    expect(Object.values(view)).toEqual(Object.values(expected()));
    expect(Object.entries(view)).toEqual(Object.entries(expected()));
    expect(Reflect.ownKeys(view)).toEqual(ids);
    expect(Object.getOwnPropertyNames(view)).toEqual(ids);
    expect(Object.getOwnPropertySymbols(view)).toEqual([]);
  });

  it('is spread, copied and stringified', () => {
    expect({ ...view }).toStrictEqual(expected());
    expect(Object.assign({}, view)).toStrictEqual(expected());
    expect(JSON.stringify(view)).toBe(JSON.stringify(expected()));
    expect(JSON.stringify({ view }, null, 1)).toBe(JSON.stringify({ view: expected() }, null, 1));
    const { 'id-0': first, ...rest } = view;
    expect(first).toEqual({ id: 'id-0', qty: 0 });
    expect(Object.keys(rest)).toEqual(ids.slice(1));
  });

  it('is iterated with for-in', () => {
    const keys: string[] = [];
    for (const key in view) keys.push(key);
    expect(keys).toEqual(ids);
  });

  it('equals the plain object', () => {
    expect(view).toEqual(expected());
    expect(view).toStrictEqual(expected());
    expect(expected()).toStrictEqual(view);
    expect(view).not.toEqual({ ...expected(), more: 1 });
    expect(view).toMatchObject({ 'id-3': { qty: 3 } });
  });

  it('gives one member by its key, the same each time', () => {
    expect(view['id-7']).toEqual({ id: 'id-7', qty: 7 });
    expect(view['id-7']).toBe(view['id-7']);
    expect(view['id-7']).toBe(store.read(['shop', 'entities', 'id-7']));
    expect(Object.values(view)[7]).toBe(view['id-7']);
  });

  it('has no member under an absent key', () => {
    expect(view['nobody']).toBeUndefined();
    expect(view['nobody']?.qty).toBeUndefined();
    expect('nobody' in view).toBe(false);
    expect(Object.hasOwn(view, 'nobody')).toBe(false);
    expect(Object.getOwnPropertyDescriptor(view, 'nobody')).toBeUndefined();
  });

  it('knows which keys are its own', () => {
    expect('id-1' in view).toBe(true);
    expect(Object.hasOwn(view, 'id-1')).toBe(true);
    // eslint-disable-next-line no-prototype-builtins
    expect(view.hasOwnProperty('id-1')).toBe(true);
    expect(Object.hasOwn(view, 'toString')).toBe(false);
    expect(Object.prototype.propertyIsEnumerable.call(view, 'id-1')).toBe(true);
  });

  it('describes its members as read-only', () => {
    const member = { value: { id: 'id-2', qty: 2 }, enumerable: true, writable: false };
    expect(Object.getOwnPropertyDescriptor(view, 'id-2')).toMatchObject(member);
    const all = Object.getOwnPropertyDescriptors(view);
    expect(Object.keys(all)).toEqual(ids);
    expect(all['id-2']).toMatchObject(member);
  });

  it('inherits from Object.prototype', () => {
    expect(Object.getPrototypeOf(view)).toBe(Object.prototype);
    expect(view.constructor).toBe(Object);
    expect('toString' in view).toBe(true);
    expect(view.toString).toBe(Object.prototype.toString);
    expect(String(view)).toBe('[object Object]');
    expect(Object.prototype.toString.call(view)).toBe('[object Object]');
    expect((view as { __proto__?: unknown }).__proto__).toBe(Object.prototype);
    expect(view instanceof Object).toBe(true);
  });

  it('is no array, no function and no iterable, and has no symbols', () => {
    expect(Array.isArray(view)).toBe(false);
    expect(typeof view).toBe('object');
    expect(Symbol.iterator in view).toBe(false);
    expect((view as { [Symbol.toStringTag]?: unknown })[Symbol.toStringTag]).toBeUndefined();
  });

  it('throws a TypeError when it is written to, as a frozen object does', () => {
    const writable = view as Record<string, unknown>;
    const define = (key: string) => Object.defineProperty(view, key, { value: 1 });
    expect(() => (writable['id-0'] = 1)).toThrow(TypeError);
    expect(() => (writable['new'] = 1)).toThrow(TypeError);
    expect(() => (writable['toString'] = 1)).toThrow(TypeError);
    expect(() => delete writable['id-0']).toThrow(TypeError);
    expect(() => define('id-0')).toThrow(TypeError);
    expect(() => define('new')).toThrow(TypeError);
    expect(() => Object.setPrototypeOf(view, null)).toThrow(TypeError);
    expect(delete writable['nobody']).toBe(true);
    expect(Object.setPrototypeOf(view, Object.prototype)).toBe(view);
    expect(view).toEqual(expected());
  });

  it('can be inherited from', () => {
    const child = Object.create(view) as Record<string, unknown>;
    child.own = 1;
    expect(child.own).toBe(1);
    expect(child['id-1']).toBe(view['id-1']);
    expect(() => (child['id-1'] = 1)).toThrow(TypeError);
  });

  it('is frozen', () => {
    expect(Object.isFrozen(view)).toBe(true);
    expect(Object.isSealed(view)).toBe(true);
    expect(Object.isExtensible(view)).toBe(false);
    expect(Object.freeze(view)).toBe(view);
    expect(Object.preventExtensions(view)).toBe(view);
    expect(Object.getOwnPropertyDescriptor(view, 'id-2')).toEqual({
      value: view['id-2'],
      enumerable: true,
      writable: false,
      configurable: false,
    });
    expect(view).toStrictEqual(expected());
  });

  it('is shown by console.log as what it stands for', () => {
    expect(inspect(view, { maxArrayLength: null })).toBe(inspect(expected()));
  });

  it('gives a mutable deep copy to plain, which structuredClone takes', () => {
    const copy = plain(view) as Record<string, { qty: number }>;
    copy['id-0']!.qty = 100;
    delete copy['id-1'];
    expect(view).toEqual(expected());
    expect(structuredClone(plain(view))).toStrictEqual(expected());
    expect(() => structuredClone(view)).toThrow(/could not be cloned/);
  });

  it('is what it was when its state has moved on, and when its store is gone', () => {
    for (let i = 0; i < 50; i++) store.dispatch(update({ id: `id-${i}`, qty: 1000 + i }));
    store.dispatch(drop('id-199'));
    store.dispose();
    expect(view['id-40']).toEqual({ id: 'id-40', qty: 40 });
    expect(view).toStrictEqual(expected());
  });
});

describe('a map view', () => {
  it('stands for objects of more than 64 members', () => {
    const size = (n: number) => {
      store.dispatch(put(Object.fromEntries(ids.slice(0, n).map((id) => [id, { id }]))));
      return inspect(entities(), { showProxy: true }).startsWith('Proxy');
    };
    expect([size(64), size(65), size(1)]).toEqual([false, true, false]);
  });

  it('is the same for the same node', () => {
    expect(entities()).toBe(view);
    expect(store.read(['shop', 'entities'])).toBe(view);
  });

  it('is another one after a change, with the same unchanged members', () => {
    const before = { first: view['id-1'], changed: view['id-2'] };
    store.dispatch(update({ id: 'id-2', qty: 99 }));
    expect(entities()).not.toBe(view);
    expect(entities()['id-1']).toBe(before.first);
    expect(entities()['id-2']).toEqual({ id: 'id-2', qty: 99 });
    expect(view['id-2']).toBe(before.changed);
    const [old, changed] = [Object.values(view), Object.values(entities())];
    expect(changed.filter((entity, i) => entity !== old[i])).toEqual([{ id: 'id-2', qty: 99 }]);
  });

  it('stays the same when an action changes nothing', () => {
    store.dispatch(update({ id: 'id-2', qty: 2 }));
    expect(entities()).toBe(view);
  });

  it('has its members in the order of JavaScript', () => {
    store.dispatch(add({ id: '7', qty: 0 }));
    store.dispatch(drop('id-0'));
    store.dispatch(add({ id: '3', qty: 0 }));
    store.dispatch(add({ id: 'id-0', qty: 0 }));
    expect(Object.keys(entities())).toEqual(['3', '7', ...ids.slice(1), 'id-0']);
  });

  const awkward: [string, unknown][] = [
    ['__proto__', { a: 1 }],
    ['constructor', 1],
    ['toString', null],
    ['hasOwnProperty', 'text'],
    ['then', false],
    ['', 0],
    ['\ud800', -0],
    ['é😀€', []],
    ['k'.repeat(5000), {}],
    ['4294967295', 1],
  ];
  it.each(awkward)('takes the key %j like any other', (key, value) => {
    const whole = viewOf([[key, value]]);
    expect(whole[key]).toStrictEqual(value);
    expect(key in whole).toBe(true);
    expect(Object.hasOwn(whole, key)).toBe(true);
    expect(Object.keys(whole)).toContain(key);
    const copy = { ...whole };
    expect(Object.getOwnPropertyDescriptor(copy, key)!.value).toStrictEqual(value);
    expect(Object.getPrototypeOf(copy)).toBe(Object.prototype);
    expect(Object.isFrozen(whole)).toBe(true);
    expect(whole[key]).toStrictEqual(value);
    expect(Object.getOwnPropertyDescriptor(plain(whole), key)!.value).toStrictEqual(value);
  });

  it('holds views of its own kind', () => {
    const inner = expected();
    const outer = viewOf([['inner', inner]]);
    expect(outer['inner']).toStrictEqual(inner);
    expect(outer['inner']).toBe(store.read(['shop', 'entities', 'inner']));
    expect(plain(outer)['inner']).toStrictEqual(inner);
  });

  it('can be the payload of an action, also when it was never read', () => {
    const other = open();
    other.dispatch(update({ id: 'id-9', qty: -9 }));
    other.dispatch(put({ nested: [view, { view }], ...Object.fromEntries(ids.entries()) }));
    const { nested } = other.read(['shop', 'entities']) as { nested: unknown };
    expect(nested).toStrictEqual([expected(), { view: expected() }]);
  });

  it('can be a payload that is so large that memory grows while it is read', () => {
    const keys = Array.from({ length: 100_000 }, (_, i) => `a key of some length, ${i}`);
    const large = Object.fromEntries(keys.map((key, i) => [key, i]));
    store.dispatch(put(large));
    const other = open();
    other.dispatch(put({ before: 1, large: entities(), after: 2 }));
    const state = other.read(['shop', 'entities']) as Record<string, typeof large>;
    expect([state['before'], state['after']]).toEqual([1, 2]);
    const copy = Object.entries(state['large']!);
    expect(copy.length).toBe(keys.length);
    expect(copy.every(([key, value], i) => key === keys[i] && value === i)).toBe(true);
  });

  it('can be the preloaded state of a store', () => {
    const preloadedState = { shop: { entities: view } };
    const other = createIsolatedStore({ name: 'other', slices: [slice], preloadedState });
    expect((other.getState().shop as { entities: Entities }).entities).toStrictEqual(expected());
  });
});

describe('time travel over map views', () => {
  const whole = defineSlice({
    name: 'whole',
    initialState: expected(),
    reducers: { update: [set([payload('id'), 'qty'], payload('qty'))] },
  });
  const step = (state: Entities | undefined, id: string, qty: number) =>
    whole.reducer(state, whole.actions.update({ id, qty }));

  it('an old view given back to a reducer keeps its unchanged members', () => {
    const first = step(undefined, 'id-0', 1000);
    let last = first;
    for (let i = 0; i < 100; i++) last = step(last, 'id-1', i);
    const again = step(first, 'id-2', 2000);
    expect(again['id-3']).toBe(first['id-3']);
    expect(again).toEqual({ ...first, 'id-2': { id: 'id-2', qty: 2000 } });
    expect(step(first, 'id-0', 1000)).toBe(first);
    expect(last['id-1']).toEqual({ id: 'id-1', qty: 99 });
  });
});

describe('a map view in the reducers of RTK', () => {
  it('is drafted, changed and left as it was', () => {
    const copies = createSlice({
      name: 'copies',
      initialState: { entities: view },
      reducers: {
        changed(state) {
          state.entities['id-3']!.qty = -3;
          delete state.entities['id-4'];
          state.entities['new'] = { id: 'new', qty: 0 };
        },
      },
    });
    const rtk = configureStore({ reducer: { copies: copies.reducer } });
    rtk.dispatch(copies.actions.changed());
    const after = rtk.getState().copies.entities;
    const changed: Entities = { ...expected(), 'id-3': { id: 'id-3', qty: -3 } };
    changed['new'] = { id: 'new', qty: 0 };
    delete changed['id-4'];
    expect(after).toStrictEqual(changed);
    expect(after['id-5']).toBe(view['id-5']);
    expect(view).toStrictEqual(expected());
  });

  it('stays itself where a reducer leaves it alone', () => {
    const held = createSlice({
      name: 'held',
      initialState: { entities: view, n: 0 },
      reducers: { count: (state) => void (state.n += Object.keys(state.entities).length) },
    });
    const rtk = configureStore({ reducer: { held: held.reducer } });
    rtk.dispatch(held.actions.count());
    expect(rtk.getState().held).toEqual({ entities: expected(), n: 200 });
    expect(rtk.getState().held.entities).toBe(view);
  });

  it('serves the selectors of an entity adapter, and selectors of reselect recompute on a change only', () => {
    const adapter = createEntityAdapter<Entity>();
    const selectors = adapter.getSelectors();
    const state = { ids, entities: view };
    expect(selectors.selectAll(state)).toEqual(Object.values(expected()));
    expect(selectors.selectById(state, 'id-8')).toBe(view['id-8']);
    const total = createSelector([(shop: { entities: Entities }) => shop.entities], (all) =>
      Object.values(all).reduce((sum, { qty }) => sum + qty, 0),
    );
    const select = () => total(store.getState().shop as { entities: Entities });
    expect([select(), select()]).toEqual([19900, 19900]);
    store.dispatch(update({ id: 'id-0', qty: 1 }));
    expect(select()).toBe(19901);
    expect(total.recomputations()).toBe(2);
  });
});

describe('the pins of map views', () => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;

  /** Whether what a reference points to is collected within a while. */
  async function isCollected(reference: WeakRef<object>): Promise<boolean> {
    for (let i = 0; i < 100 && reference.deref() !== undefined; i++) {
      await delay(1);
      collect();
    }
    await delay(1);
    return reference.deref() === undefined;
  }

  it('go with the last view of a state that has moved on', async () => {
    // The initial state belongs to the slice and stays.
    store.dispatch(update({ id: 'id-1', qty: 5 }));
    const before = new WeakRef(entities());
    store.dispatch(update({ id: 'id-1', qty: 1 }));
    store.dispatch(update({ id: 'id-0', qty: 5 }));
    view = entities();
    expect(await isCollected(before)).toBe(true);
    expect(view).toEqual({ ...expected(), 'id-0': { id: 'id-0', qty: 5 } });
  });

  it('come back when a state that nobody looked at for a while is read again', async () => {
    const bag = defineSlice({
      name: 'bag',
      initialState: expected(),
      reducers: { put: [set([payload('id')], payload())] },
    });
    const other = createIsolatedStore({ name: 'bags', slices: [bag] });
    const read = () => other.read(['bag']) as Entities;
    expect(await isCollected(new WeakRef(read()))).toBe(true);
    expect(read()).toStrictEqual(expected());
    expect(await isCollected(new WeakRef(read()))).toBe(true);
    other.dispatch(bag.actions.put({ id: 'id-0', qty: 6 }));
    expect(read()['id-0']).toEqual({ id: 'id-0', qty: 6 });
  });
});
