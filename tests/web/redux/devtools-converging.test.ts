import { ActionCreators, instrument, type LiftedStore } from '@redux-devtools/instrument';
import { combineReducers, configureStore } from '@reduxjs/toolkit';
import { converging, defineSlice, loadEngine, plain, type SharedStore } from 'isthmus';
import { inc, payload, push } from 'isthmus/program';
import { isthmusEnhancer, isthmusMiddleware } from 'isthmus/redux';
import { createTestHub, type TestHub } from 'isthmus/testing';
import type { Action, Reducer, Store } from 'redux';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { drawing, type Draw } from './drawing.js';

await loadEngine(undefined, { whole: true });

const cart = defineSlice({
  name: 'cart',
  converge: true,
  initialState: { count: 0, list: [] as string[] },
  reducers: { add: [inc('/count', payload())], put: [push('/list', payload())] },
  contract: {
    'cart/add': { payload: { type: 'number' } },
    'cart/put': { payload: { type: 'string', maxLength: 5 } },
  },
});
const trail = converging(
  {
    key: 'trail',
    reducer: (state: readonly unknown[] = [], action: Action & { payload?: unknown }) =>
      action.type === 'cart/add' ? [...state, action.payload] : state,
  },
  { version: 1, contract: {} },
);
const note = ((state: string = '', { type, payload: text }: Action & { payload?: string }) =>
  type === 'note' ? text : state) as Reducer;

type Tab = SharedStore &
  Store & { dispose(): void; liftedStore: LiftedStore<unknown, Action, null> };

let hub: TestHub;
const opened: Tab[] = [];
beforeEach(() => void (hub = createTestHub()));
afterEach(() => opened.splice(0).forEach((tab) => tab.dispose()));

function openTab(options: Parameters<typeof isthmusEnhancer>[0] = {}): Tab {
  const bridge = { transport: hub.connect() };
  const store = configureStore({
    reducer: { note },
    devTools: false,
    middleware: (defaults) => defaults().concat(isthmusMiddleware) as never,
    enhancers: (defaults) =>
      defaults({ autoBatch: false })
        .prepend(isthmusEnhancer({ name: 'app', slices: [cart, trail], bridge, ...options }))
        .concat(instrument()) as never,
  }) as unknown as Tab;
  opened.push(store);
  return store;
}

function openPair(): [Tab, Tab] {
  const pair: [Tab, Tab] = [openTab(), openTab()];
  hub.settle();
  return pair;
}

const lift = ({ liftedStore }: Tab, action: unknown) => liftedStore.dispatch(action as never);
const lifted = ({ liftedStore }: Tab) => liftedStore.getState();
/** The place of the last action of a type in the history. */
const indexOf = (tab: Tab, type: string) =>
  lifted(tab)
    .stagedActionIds.map((id) => lifted(tab).actionsById[id]!.action.type)
    .lastIndexOf(type);
const idOf = (tab: Tab, type: string) => lifted(tab).stagedActionIds[indexOf(tab, type)]!;
const shown = (tab: Tab) => ({ cart: plain(tab.read(['cart'])), trail: tab.read(['trail']) });
const of = (count: number, list: string[], ...added: number[]) => ({
  cart: { count, list },
  trail: added,
});

describe('converging slices under the DevTools', () => {
  it('jump to any state and back, and give the very same state for the same jump', () => {
    const [a, b] = openPair();
    a.dispatch(cart.actions.add(1));
    b.dispatch(cart.actions.add(2));
    hub.settle();
    a.dispatch(cart.actions.put('x'));
    const first = indexOf(a, 'cart/add');
    lift(a, ActionCreators.jumpToState(first - 1));
    expect(shown(a)).toEqual(of(1, [], 1));
    const before = a.getState();
    lift(a, ActionCreators.jumpToState(indexOf(a, 'cart/put')));
    expect(shown(a)).toEqual(of(3, ['x'], 1, 2));
    lift(a, ActionCreators.jumpToState(first - 1));
    expect(a.getState()).toBe(before);
  });

  it('go on beside an older state that is shown, and are shown with it no more', () => {
    const [a, b] = openPair();
    a.dispatch(cart.actions.add(1));
    hub.settle();
    lift(a, ActionCreators.jumpToState(0));
    a.dispatch(cart.actions.add(10));
    b.dispatch(cart.actions.add(100));
    hub.settle();
    expect(shown(b)).toEqual(of(111, [], 1, 10, 100));
    expect(a.getState()).toEqual({ note: '' });
    lift(a, ActionCreators.jumpToState(lifted(a).stagedActionIds.length - 1));
    expect(shown(a)).toEqual(shown(b));
  });

  it('are ready once they are shared, whatever state is shown', () => {
    const [first] = openPair();
    first.dispatch(cart.actions.add(1));
    hub.settle();
    const late = openTab();
    lift(late, ActionCreators.jumpToState(0));
    hub.settle();
    lift(late, ActionCreators.jumpToState(lifted(late).stagedActionIds.length - 1));
    expect(late.status('cart')).toBe('ready');
    expect(shown(late)).toEqual(shown(first));
  });

  it('show what an action has made of them, skipped or not', () => {
    const [a] = openPair();
    a.dispatch(cart.actions.add(1));
    const skipped = idOf(a, 'cart/add');
    a.dispatch({ type: 'note', payload: 'between' });
    lift(a, ActionCreators.toggleAction(skipped));
    expect(shown(a)).toEqual(of(0, []));
    expect(a.read(['note'])).toBe('between');
    lift(a, ActionCreators.toggleAction(skipped));
    expect(shown(a)).toEqual(of(1, [], 1));
    a.dispatch(cart.actions.add(2));
    lift(a, ActionCreators.toggleAction(skipped));
    expect(shown(a)).toEqual(of(3, [], 1, 2));
  });

  it.each(['commit', 'reset', 'rollback'] as const)(
    'come back with the next action after a %s',
    (what) => {
      const [a, b] = openPair();
      a.dispatch(cart.actions.add(1));
      b.dispatch(cart.actions.put('b'));
      hub.settle();
      lift(a, ActionCreators[what]());
      if (what === 'commit') expect(shown(a)).toEqual(shown(b));
      const listener = vi.fn();
      a.watch(['cart', 'count'], listener);
      a.dispatch({ type: 'note', payload: 'next' });
      expect(shown(a)).toEqual(shown(b));
      expect(listener).toHaveBeenCalledTimes(what === 'commit' ? 0 : 1);
      a.dispatch(cart.actions.add(2));
      hub.settle();
      expect(shown(a)).toEqual(of(3, ['b'], 1, 2));
      expect(shown(b)).toEqual(of(3, ['b'], 1, 2));
    },
  );

  it.each([true, false])(
    'are imported as JSON (noRecompute: %s), and come back with the next action',
    (noRecompute) => {
      const [a, b] = openPair();
      a.dispatch(cart.actions.add(1));
      a.dispatch(cart.actions.put('x'));
      const text = JSON.stringify(lifted(a));
      a.dispatch(cart.actions.add(5));
      hub.settle();
      lift(a, ActionCreators.importState(JSON.parse(text) as never, noRecompute));
      expect(shown(a)).toEqual(of(1, ['x'], 1));
      b.dispatch(cart.actions.add(7));
      hub.settle();
      for (const tab of [a, b]) expect(shown(tab)).toEqual(of(13, ['x'], 1, 5, 7));
    },
  );

  it('send nothing while the DevTools are locked, and show afterwards what has come meanwhile', () => {
    const [a, b] = openPair();
    lift(a, ActionCreators.lockChanges(true));
    a.dispatch(cart.actions.add(1));
    b.dispatch(cart.actions.add(2));
    hub.settle();
    expect(shown(a)).toEqual(of(0, []));
    expect(shown(b)).toEqual(of(2, [], 2));
    expect(a.bridge.counters()).toMatchObject({ sent: 0 });
    lift(a, ActionCreators.lockChanges(false));
    const late = openTab();
    hub.settle();
    expect(shown(late)).toEqual(of(2, [], 2));
    a.dispatch(cart.actions.add(4));
    hub.settle();
    for (const tab of [a, b, late]) expect(shown(tab)).toEqual(of(6, [], 2, 4));
  });

  it('are recorded while paused', () => {
    const [a, b] = openPair();
    lift(a, ActionCreators.pauseRecording(true));
    a.dispatch(cart.actions.add(1));
    b.dispatch(cart.actions.add(2));
    hub.settle();
    expect(shown(a)).toEqual(of(3, [], 1, 2));
    lift(a, ActionCreators.pauseRecording(false));
    a.dispatch(cart.actions.add(3));
    hub.settle();
    expect(shown(a)).toEqual(of(6, [], 1, 2, 3));
    expect(shown(b)).toEqual(shown(a));
  });

  it('give each dispatch of one action object its own place in the history', () => {
    const [a] = openPair();
    const same = cart.actions.add(1);
    expect(a.dispatch(same)).toBe(same);
    expect(a.dispatch(same)).toBe(same);
    expect(shown(a)).toEqual(of(2, [], 1, 1));
    const last = idOf(a, 'cart/add');
    lift(a, ActionCreators.toggleAction(last));
    expect(shown(a)).toEqual(of(1, [], 1));
    lift(a, ActionCreators.toggleAction(last));
    expect(shown(a)).toEqual(of(2, [], 1, 1));
  });

  it('stay through a new root reducer, and through the replay that follows it', () => {
    const [a, b] = openPair();
    a.dispatch(cart.actions.add(1));
    b.dispatch(cart.actions.put('b'));
    hub.settle();
    const before = a.getState();
    const more = (state: number = 1) => state;
    a.replaceReducer(combineReducers({ note, more }) as never);
    expect(a.getState()).toEqual({ ...before, more: 1 });
    expect(a.read(['cart'])).toBe((before as { cart: unknown }).cart);
    a.dispatch(cart.actions.add(2));
    hub.settle();
    expect(shown(b)).toEqual(shown(a));
  });

  it('refuse an action before it is recorded', () => {
    const [a] = openPair();
    a.dispatch(cart.actions.add(1));
    const before = lifted(a);
    expect(() => a.dispatch(cart.actions.put('too long for it'))).toThrow(/cannot cross/);
    expect(lifted(a)).toBe(before);
    expect(shown(a)).toEqual(of(1, [], 1));
  });

  it.each([1, 2, 3, 4, 5, 6])('agree after any history of changes (seed %i)', (seed) => {
    const draw = drawing(seed);
    const pair = openPair();
    for (let step = 0; step < 80; step++) {
      const tab = pair[draw(2)]!;
      if (draw(3) > 0) {
        const acts = [
          cart.actions.add(draw(9)),
          cart.actions.put(`${step}`),
          { type: 'note', payload: `${step}` },
        ];
        tab.dispatch(acts[draw(3)]!);
      } else lift(tab, randomChange(draw, tab));
      if (draw(4) === 0) hub.settle();
    }
    for (const tab of pair) {
      lift(tab, ActionCreators.lockChanges(false));
      lift(tab, ActionCreators.pauseRecording(false));
      lift(tab, ActionCreators.jumpToState(lifted(tab).computedStates.length - 1));
    }
    hub.settle();
    for (const tab of pair) tab.dispatch({ type: 'note', payload: 'end' });
    const [a, b] = pair;
    expect(shown(a)).toEqual(shown(b));
    expect(a.inspect().log).toMatchObject({ tentative: 0, head: b.inspect().log!.head });
    const late = openTab();
    hub.settle();
    expect(shown(late)).toEqual(shown(a));
  });
});

function randomChange(draw: Draw, tab: Tab): unknown {
  const { stagedActionIds } = lifted(tab);
  const index = draw(stagedActionIds.length);
  const id = stagedActionIds[index]!;
  const choices = [
    ActionCreators.jumpToState(index),
    ActionCreators.toggleAction(Math.max(1, id)),
    ActionCreators.reorderAction(id, stagedActionIds[draw(stagedActionIds.length)]!),
    ActionCreators.pauseRecording(draw(2) === 0),
    ActionCreators.lockChanges(draw(2) === 0),
    ActionCreators.importState(JSON.parse(JSON.stringify(lifted(tab))) as never, draw(2) === 0),
    ActionCreators.commit(),
    ActionCreators.reset(),
  ];
  return choices[draw(choices.length)];
}
