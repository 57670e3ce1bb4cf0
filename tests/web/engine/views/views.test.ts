import { createIsolatedStore, defineSlice, loadEngine, plain } from 'isthmus';
import { payload, push, reset, set } from 'isthmus/program';
import { beforeEach, describe, expect, it } from 'vitest';

await loadEngine();

interface State {
  user: { name: string; tags: string[] };
  items: { sku: string }[];
}
const initialState: State = { user: { name: 'Ada', tags: ['a'] }, items: [{ sku: 'x' }] };
const slice = defineSlice({
  name: 'app',
  initialState,
  reducers: {
    add: [push('/items', payload())],
    rename: [set('/user/name', payload())],
    tag: [set('/user/tags', payload())],
    teardown: [reset()],
  },
});

const open = () => createIsolatedStore({ name: 'views', slices: [slice] });
let store = open();
const state = () => store.getState().app as State;
beforeEach(() => {
  store = open();
});

describe('a view', () => {
  it('is plain frozen data all the way down', () => {
    const isFrozen = (value: unknown): boolean =>
      typeof value !== 'object' ||
      value === null ||
      (Object.isFrozen(value) && Object.values(value).every(isFrozen));
    expect(isFrozen(state())).toBe(true);
    expect(Array.isArray(state().items)).toBe(true);
    expect(Object.getPrototypeOf(state())).toBe(Object.prototype);
    expect(() => state().items.push({ sku: 'y' })).toThrow(TypeError);
  });

  it('is the same for the same node, however it is reached', () => {
    const { user } = state();
    expect(store.read(['app', 'user'])).toBe(user);
    expect(store.read(['app'])).toBe(state());
    expect((store.getState().app as State).user.tags).toBe(store.read(['app', 'user', 'tags']));
  });

  it('stays the same where an action changed nothing', () => {
    const before = state();
    store.dispatch(slice.actions.add({ sku: 'y' }));
    const after = state();
    expect(after).not.toBe(before);
    expect(after.user).toBe(before.user);
    expect(after.items[0]).toBe(before.items[0]);
    expect(after.items).toEqual([{ sku: 'x' }, { sku: 'y' }]);
  });

  it('is another one along the changed path only', () => {
    const before = state();
    store.dispatch(slice.actions.rename('Grace'));
    expect(state().user).not.toBe(before.user);
    expect(state().user.tags).toBe(before.user.tags);
    expect(state().items).toBe(before.items);
  });

  it('stays what it was when its state is gone', () => {
    const before = state();
    for (let i = 0; i < 100; i++) store.dispatch(slice.actions.add({ sku: `${i}` }));
    store.dispatch(slice.actions.teardown());
    expect(before).toEqual(initialState);
    expect(state()).toEqual(initialState);
  });

  it('survives its store', () => {
    const before = state();
    store.dispose();
    expect(before).toEqual(initialState);
  });

  it('can be the payload of an action', () => {
    const { items, user } = state();
    store.dispatch(slice.actions.add(items[0]!));
    store.dispatch(slice.actions.tag(user.tags));
    expect(state().items).toEqual([{ sku: 'x' }, { sku: 'x' }]);
    expect(state().user).toBe(user);
  });
});

describe('plain', () => {
  it('gives a mutable deep copy', () => {
    const copy = plain(state());
    copy.items.push({ sku: 'y' });
    copy.user.tags[0] = 'changed';
    expect(state()).toEqual(initialState);
    expect(structuredClone(copy).items).toHaveLength(2);
  });

  it('keeps a key named __proto__', () => {
    const value = Object.fromEntries([['__proto__', [1]]]);
    expect(plain(value)).toStrictEqual(value);
    expect(Object.getPrototypeOf(plain(value))).toBe(Object.prototype);
  });

  it('returns what is no plain data as it is', () => {
    const at = new Date(0);
    expect(plain({ at, n: null, f: undefined })).toEqual({ at, n: null, f: undefined });
    expect(plain({ at }).at).toBe(at);
    expect(plain('text')).toBe('text');
  });
});
