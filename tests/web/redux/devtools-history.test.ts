import { ActionCreators, type LiftedAction } from '@redux-devtools/instrument';
import { loadEngine, plain } from 'isthmus';
import type { UnknownAction } from 'redux';
import { describe, expect, it } from 'vitest';
import { cart, products, type State } from './devtools-slices.js';
import { expectSame, instrumented, openModel, type Instrumented } from './devtools-stores.js';

await loadEngine(undefined, { whole: true });

type Lifted = LiftedAction<State, UnknownAction, null>;

const { actions } = cart;
const add = (sku: string, qty = 1) => actions.add({ sku, qty });

const script = (): UnknownAction[] => [
  add('a'),
  products.actions.addOne({ id: 'p1', price: 10, tags: ['new'] }),
  actions.note('hello'),
  add('b', 3),
  products.actions.updateOne({ id: 'p1', changes: { price: 11 } }),
  products.actions.removeOne('p1'),
];

describe.each(instrumented)('the history of $name', ({ open }) => {
  /** The store and its model after the same actions, and a way to do the same to both. */
  function play(given: UnknownAction[] = script()) {
    const [store, model] = [open(), openModel()];
    const both = <T>(act: (one: Instrumented) => T) => [store, model].map(act);
    given.forEach((action) => both((one) => one.dispatch(action)));
    const lift = (action: Lifted) => {
      both((one) => one.liftedStore.dispatch(action));
      expectSame(store, model);
    };
    expectSame(store, model);
    return { store, model, both, lift };
  }

  it('holds each state, as a naive replay gives it', () => {
    const { store } = play();
    expect(store.liftedStore.getState().computedStates).toHaveLength(7);
    expect(plain(store.getState().cart)).toEqual({
      items: [
        { sku: 'a', qty: 1 },
        { sku: 'b', qty: 3 },
      ],
      count: 4,
      note: 'hello',
    });
  });

  it('jumps to any state and back', () => {
    const { store, lift } = play();
    for (const index of [0, 3, 1, 6, 2]) lift(ActionCreators.jumpToState(index));
    expect(store.getState().products.entities).toEqual({
      p1: { id: 'p1', price: 10, tags: ['new'] },
    });
    lift(ActionCreators.jumpToAction(5));
    expect(store.getState().products.entities['p1']!.price).toBe(11);
  });

  it('gives the very same state for the same jump', () => {
    const { store, lift } = play();
    lift(ActionCreators.jumpToState(2));
    const before = store.getState();
    lift(ActionCreators.jumpToState(5));
    lift(ActionCreators.jumpToState(2));
    expect(store.getState()).toBe(before);
  });

  it('goes on from its end after a jump', () => {
    const { both, lift, store, model } = play();
    lift(ActionCreators.jumpToState(1));
    both((one) => one.dispatch(add('late')));
    expectSame(store, model);
  });

  it('skips an action, and takes it in again', () => {
    const { store, lift } = play();
    lift(ActionCreators.toggleAction(1));
    expect(store.getState().cart.items).toEqual([{ sku: 'b', qty: 3 }]);
    lift(ActionCreators.toggleAction(6));
    expect(store.getState().products.ids).toEqual(['p1']);
    lift(ActionCreators.toggleAction(1));
    expect(store.getState().cart.count).toBe(4);
    lift(ActionCreators.setActionsActive(1, 5, false));
    expect(store.getState().cart.count).toBe(0);
    lift(ActionCreators.setActionsActive(2, 4, true));
  });

  it('reorders actions', () => {
    const { store, lift } = play();
    lift(ActionCreators.reorderAction(4, 1));
    expect(store.getState().cart.items.map(({ sku }) => sku)).toEqual(['b', 'a']);
    lift(ActionCreators.reorderAction(6, 2));
    lift(ActionCreators.reorderAction(1, 6));
  });

  it('commits: the state is the new beginning, and the next actions start from it', () => {
    const { store, model, both, lift } = play();
    lift(ActionCreators.commit());
    both((one) => one.dispatch(add('c')));
    expectSame(store, model);
    lift(ActionCreators.rollback());
    expect(store.getState().cart.count).toBe(4);
  });

  it('commits a state that was jumped to', () => {
    const { store, model, both, lift } = play();
    lift(ActionCreators.jumpToState(4));
    lift(ActionCreators.commit());
    both((one) => one.dispatch(products.actions.updateOne({ id: 'p1', changes: { price: 0 } })));
    expectSame(store, model);
    expect(store.getState().products.entities['p1']!.price).toBe(0);
  });

  it('rolls back to the beginning, and resets', () => {
    const { store, model, both, lift } = play();
    lift(ActionCreators.rollback());
    expect(store.getState().cart).toEqual({ items: [], count: 0, note: '' });
    both((one) => one.dispatch(add('c')));
    lift(ActionCreators.reset());
    expectSame(store, model);
  });

  it('sweeps skipped actions away', () => {
    const { store, lift } = play();
    lift(ActionCreators.toggleAction(2));
    lift(ActionCreators.toggleAction(3));
    lift(ActionCreators.sweep());
    expect(store.liftedStore.getState().stagedActionIds).toEqual([0, 1, 4, 5, 6]);
    expect(store.getState().cart.note).toBe('');
  });

  it.each([false, true])('imports a history as JSON (noRecompute: %s)', (noRecompute) => {
    const recorded = play().store;
    const text = JSON.stringify(recorded.liftedStore.getState());
    const { store, model, both, lift } = play([add('other')]);
    lift(ActionCreators.importState(JSON.parse(text) as never, noRecompute));
    expect(plain(store.getState())).toEqual(plain(recorded.getState()));
    both((one) => one.dispatch(actions.note('after')));
    both((one) => one.dispatch(products.actions.addOne({ id: 'p2', price: 1 })));
    expectSame(store, model);
    lift(ActionCreators.jumpToState(2));
    lift(ActionCreators.toggleAction(1));
  });

  it('imports a list of actions, from a preloaded state, too', () => {
    const { store, lift } = play([add('other')]);
    lift(ActionCreators.importState(script()));
    expect(store.getState().cart.count).toBe(4);
    const preloadedState = {
      cart: { items: [{ sku: 'old', qty: 9 }], count: 9, note: 'old' },
      products: { ids: ['p1'], entities: { p1: { id: 'p1', price: 1 } } },
      log: ['imported'],
    };
    lift({ ...ActionCreators.importState([add('x')]), preloadedState } as never);
    expect(store.getState().cart).toEqual({
      items: [
        { sku: 'old', qty: 9 },
        { sku: 'x', qty: 1 },
      ],
      count: 10,
      note: 'old',
    });
  });

  it('pauses: actions go on, unrecorded', () => {
    const { store, model, both, lift } = play();
    lift(ActionCreators.pauseRecording(true));
    both((one) => one.dispatch(add('c')));
    both((one) => one.dispatch(add('d')));
    expectSame(store, model);
    expect(store.liftedStore.getState().stagedActionIds).toEqual([0]);
    lift(ActionCreators.pauseRecording(false));
    both((one) => one.dispatch(add('e')));
    expectSame(store, model);
    expect(store.getState().cart.items).toHaveLength(5);
  });

  it('locks: actions are dropped until it is unlocked', () => {
    const { store, model, both, lift } = play();
    lift(ActionCreators.lockChanges(true));
    both((one) => one.dispatch(add('c')));
    expectSame(store, model);
    expect(store.getState().cart.count).toBe(4);
    lift(ActionCreators.lockChanges(false));
    both((one) => one.dispatch(add('c')));
    expect(store.getState().cart.count).toBe(5);
  });

  it('commits the oldest actions itself beyond maxAge', () => {
    const [store, model] = [open({ maxAge: 3 }), openModel({ maxAge: 3 })];
    for (const action of script()) {
      store.dispatch(action);
      model.dispatch(action);
      expectSame(store, model);
    }
    store.liftedStore.dispatch(ActionCreators.rollback());
    model.liftedStore.dispatch(ActionCreators.rollback());
    expectSame(store, model);
  });

  it('leaves all as it was when a change of history makes a native step fail', () => {
    const { store } = play([add('a'), add('b')]);
    store.dispatch(actions.requantify({ index: 1, qty: 8 }));
    const before = store.getState();
    const skip = () => store.liftedStore.dispatch(ActionCreators.toggleAction(1));
    expect(skip).toThrow(expect.objectContaining({ slice: 'cart', action: 'cart/requantify' }));
    expect(store.getState()).toBe(before);
    store.dispatch(add('c'));
    expect(store.getState().cart.items.map(({ qty }) => qty)).toEqual([1, 8, 1]);
  });
});
