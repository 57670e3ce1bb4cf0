// @vitest-environment jsdom
import { ActionCreators } from '@redux-devtools/instrument';
import { defineSlice, joinSharedStore, loadEngine, type SharedStore } from 'isthmus';
import { inc } from 'isthmus/program';
import type { Reducer, UnknownAction } from 'redux';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { cart, products } from './devtools-slices.js';
import { instrumented, openShared, type Instrumented } from './devtools-stores.js';

await loadEngine(undefined, { whole: true });

type Following = Instrumented & SharedStore;
const makers = instrumented.filter(({ name }) => name !== 'redux with native slices');
const note = (text: string) => cart.actions.note(text);
const tenant: Reducer<string, UnknownAction> = (state = 'acme', action) =>
  action.type === 'tenant/set' ? (action['payload'] as string) : state;
const visits = defineSlice({
  name: 'visits',
  initialState: { count: 0 },
  reducers: { visit: [inc('/count')] },
});

const lifted = (store: Following, action: unknown) => store.liftedStore.dispatch(action as never);

/** The id of the last action of a type. */
function idOf({ liftedStore }: Following, type: string): number {
  const { actionsById, stagedActionIds } = liftedStore.getState();
  return stagedActionIds.filter((id) => actionsById[id]!.action.type === type).at(-1)!;
}

describe.each(makers)('$name under the DevTools', ({ open }) => {
  const opened = () => open() as Following;

  it('reads what a jump shows', () => {
    const store = opened();
    store.dispatch(note('one'));
    store.dispatch(products.actions.addOne({ id: 'p', price: 1 }));
    store.dispatch(note('two'));
    lifted(store, ActionCreators.jumpToState(1));
    expect(store.read(['cart', 'note'])).toBe('one');
    expect(store.read(['products', 'entities', 'p'])).toBe(undefined);
    lifted(store, ActionCreators.jumpToState(3));
    expect(store.read(['cart', 'note'])).toBe('two');
    expect(store.read(['products', 'entities', 'p', 'price'])).toBe(1);
  });

  it('tells watchers of a jump, those only whose place differs', () => {
    const store = opened();
    store.dispatch(note('one'));
    store.dispatch(products.actions.addOne({ id: 'p', price: 1 }));
    const calls: string[] = [];
    store.watch(['cart', 'note'], () => calls.push(`note ${String(store.read(['cart', 'note']))}`));
    store.watch(['products', 'entities', 'p'], () => calls.push('p'));
    store.watch(['log'], () => calls.push('log'));
    lifted(store, ActionCreators.jumpToState(1));
    expect(calls.splice(0)).toEqual(['p', 'log']);
    lifted(store, ActionCreators.jumpToState(0));
    expect(calls.splice(0)).toEqual(['note ', 'log']);
    lifted(store, ActionCreators.jumpToState(0));
    expect(calls.splice(0)).toEqual([]);
    lifted(store, ActionCreators.jumpToState(2));
    expect(calls.splice(0)).toEqual(['note one', 'p', 'log']);
  });

  it('tells watchers when an action is skipped, and none when nothing they see differs', () => {
    const store = opened();
    store.dispatch(note('one'));
    store.dispatch(note('two'));
    const listener = vi.fn();
    store.watch(['cart', 'note'], listener);
    lifted(store, ActionCreators.toggleAction(1));
    expect(listener).not.toHaveBeenCalled();
    lifted(store, ActionCreators.toggleAction(2));
    expect(listener).toHaveBeenCalledTimes(1);
    expect(store.read(['cart', 'note'])).toBe('');
  });

  it('keeps old states readable, whatever happens after them', () => {
    const store = opened();
    const kept = [0, 1, 2, 3].map((i) => {
      store.dispatch(products.actions.addOne({ id: `p${i}`, price: i }));
      return store.getState();
    });
    lifted(store, ActionCreators.commit());
    store.dispatch(products.actions.removeOne('p0'));
    expect(kept.map(({ products: { ids } }) => ids.length)).toEqual([1, 2, 3, 4]);
    expect(kept[0]!.products.entities).toEqual({ p0: { id: 'p0', price: 0 } });
  });

  it('keeps an added slice through recomputation, and takes its actions as history', () => {
    const store = opened();
    store.dispatch(note('one'));
    store.registerReducer('tenant', tenant as Reducer);
    store.dispatch({ type: 'tenant/set', payload: 'globex' });
    store.dispatch(note('two'));
    const state = () => store.getState() as unknown as { tenant: string; cart: { note: string } };
    lifted(store, ActionCreators.toggleAction(1));
    expect(state()).toMatchObject({ tenant: 'globex', cart: { note: 'two' } });
    lifted(store, ActionCreators.toggleAction(idOf(store, 'tenant/set')));
    expect(state()).toMatchObject({ tenant: 'acme', cart: { note: 'two' } });
    lifted(store, ActionCreators.rollback());
    expect(state()).toMatchObject({ tenant: 'acme', cart: { note: '' } });
    store.dispatch({ type: 'tenant/set', payload: 'initech' });
    lifted(store, ActionCreators.commit());
    store.dispatch(note('three'));
    expect(state()).toMatchObject({ tenant: 'initech', cart: { note: 'three' } });
  });

  it('imports the state of an added slice', () => {
    const store = opened();
    store.registerReducer('tenant', tenant as Reducer);
    store.dispatch({ type: 'tenant/set', payload: 'globex' });
    const text = JSON.stringify(store.liftedStore.getState());
    store.dispatch({ type: 'tenant/set', payload: 'other' });
    for (const noRecompute of [true, false]) {
      lifted(store, ActionCreators.importState(JSON.parse(text) as never, noRecompute));
      expect(store.read(['tenant'])).toBe('globex');
      store.dispatch({ type: 'unknown' });
      expect(store.read(['tenant'])).toBe('globex');
    }
  });

  it('goes back to before a slice was added, and on', () => {
    const store = opened();
    store.dispatch(note('one'));
    store.registerReducer('tenant', tenant as Reducer);
    store.dispatch({ type: 'tenant/set', payload: 'globex' });
    lifted(store, ActionCreators.jumpToState(1));
    expect(store.read(['cart', 'note'])).toBe('one');
    store.dispatch(note('two'));
    lifted(store, ActionCreators.jumpToAction(idOf(store, 'cart/note')));
    expect(store.getState()).toMatchObject({ tenant: 'globex', cart: { note: 'two' } });
    store.unregisterReducer('tenant');
    expect(store.getState()).not.toHaveProperty('tenant');
    store.dispatch(note('three'));
    expect(store.getState()).toMatchObject({ cart: { note: 'three' } });
  });
});

describe('the shared store under the DevTools', () => {
  const ends: (() => void)[] = [];
  afterEach(() => ends.splice(0).forEach((end) => end()));

  it('keeps the native slice of a remote through recomputation', () => {
    const store = openShared('with-remote') as Following & { dispose(): void };
    ends.push(() => store.dispose());
    store.dispatch(note('one'));
    const remote = joinSharedStore({ app: 'remote', name: 'with-remote', slices: [visits] });
    ends.unshift(() => remote.leave());
    const listener = vi.fn();
    remote.store.watch(['visits', 'count'], listener);
    remote.store.dispatch(visits.actions.visit());
    remote.store.dispatch(visits.actions.visit());
    expect(remote.store.read(['visits', 'count'])).toBe(2);
    lifted(store, ActionCreators.toggleAction(idOf(store, 'visits/visit')));
    expect(remote.store.read(['visits', 'count'])).toBe(1);
    lifted(store, ActionCreators.toggleAction(1));
    expect(remote.store.getState()).toMatchObject({ visits: { count: 1 }, cart: { note: '' } });
    expect(listener).toHaveBeenCalledTimes(3);
  });
});
