// @vitest-environment jsdom
import { createListenerMiddleware } from '@reduxjs/toolkit';
import { act, cleanup, render, screen } from '@testing-library/react';
import {
  converging,
  defineSlice,
  loadEngine,
  type Action,
  type IsolatedStore,
  type Middleware,
  type Slice,
} from 'isthmus';
import { payload, push } from 'isthmus/program';
import { SharedStoreProvider, useReady, useSharedSelector, useSharedValue } from 'isthmus/react';
import { Suspense, useEffect, type ReactNode } from 'react';
import { flushSync } from 'react-dom';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { cartSlice, Tabs } from '../converge/tabs.js';

beforeAll(() => loadEngine());

const DELAY = 10;
const cart = cartSlice();
const { add, put } = cart.actions;
type Put = ReturnType<typeof put>;
const mirror = defineSlice({
  name: 'mirror',
  converge: true,
  initialState: [] as string[],
  reducers: {},
  on: { 'cart/put': [push('', payload())] },
});
/** How often the JS reducer of any tab has run for an item. */
const reduced = new Map<unknown, number>();
const trail = converging(
  {
    key: 'trail',
    reducer: (state = '', { type, payload: item }: Action & { payload?: unknown }) => {
      if (type !== 'cart/put') return state;
      reduced.set(item, (reduced.get(item) ?? 0) + 1);
      return `${state}${String(item)};`;
    },
  },
  { version: 1, contract: {} },
);
const slices: readonly Slice[] = [cart, mirror, trail];

let tabs: Tabs;
beforeEach(() => {
  reduced.clear();
  tabs = new Tabs(undefined, { deliver: () => [{ delay: DELAY }] });
});
afterEach(() => {
  cleanup();
  tabs.close();
});

/** Renders after each notification, where React would wait for the next one and render once for both. */
function show(store: IsolatedStore, tree: ReactNode) {
  store.subscribe(() => flushSync(() => undefined));
  store.onStatus(() => flushSync(() => undefined));
  return render(<SharedStoreProvider store={store}>{tree}</SharedStoreProvider>);
}

const settle = () => act(async () => void tabs.hub.settle());
const pass = (milliseconds: number) => act(() => void tabs.hub.advance(milliseconds));

/** Two tabs that have joined; the first acts before the second, which hears of it last. */
function actAtOnce(a: IsolatedStore, b: IsolatedStore, items: readonly string[]) {
  act(() => void a.dispatch(put('first')));
  pass(1);
  for (const item of items) act(() => void b.dispatch(put(item)));
}

const useCount = () => useSharedValue(['cart', 'count']);
const useOwner = () => useSharedValue(['cart', 'owner', 'name']);
const useList = () => String(useSharedValue(['cart', 'list']));
const useMirror = () => String(useSharedValue(['mirror']));
const useTrail = () => String(useSharedValue(['trail']));
const useLength = () => useSharedSelector(({ trail }: { trail: string }) => trail.length);
const useAll = () => [useList(), useMirror(), useTrail()].join(' ');
const views: Record<string, () => unknown> = {
  count: useCount,
  owner: useOwner,
  list: useList,
  trail: useTrail,
  length: useLength,
  all: useAll,
};

/** A component for each view, and what it has rendered. */
function showViews(store: IsolatedStore) {
  const rendered: Record<string, unknown[]> = {};
  const effects: Record<string, number> = {};
  function View({ of }: { of: string }) {
    const value = views[of]!();
    (rendered[of] ??= []).push(value);
    useEffect(() => void (effects[of] = (effects[of] ?? 0) + 1), [of, value]);
    return null;
  }
  show(
    store,
    Object.keys(views).map((of) => <View key={of} of={of} />),
  );
  const clear = () => {
    for (const of of Object.keys(views)) [rendered[of], effects[of]] = [[], 0];
  };
  clear();
  return { rendered, effects, clear };
}

describe('an action that takes its place before three that were shown', () => {
  const items = ['b1', 'b2', 'b3'];
  const list = `first,${items.join()}`;
  const joined = `first;${items.join(';')};`;

  it('renders each component once whose value has changed, however many slices, and no other', () => {
    const [a, b] = tabs.pair(() => slices);
    const rebases: unknown[] = [];
    b.bridge.log.onRebase((rebase) => rebases.push(rebase));
    const { rendered, effects, clear } = showViews(b);
    actAtOnce(a, b, items);
    clear();
    pass(DELAY);
    expect(rebases).toMatchObject([{ cause: 'order', moved: 3 }]);
    expect(rendered).toEqual({
      count: [],
      owner: [],
      list: [list],
      trail: [joined],
      length: [joined.length],
      all: [`${list} ${list} ${joined}`],
    });
    expect(effects).toEqual({ count: 0, owner: 0, list: 1, trail: 1, length: 1, all: 1 });
  });

  it('renders nothing again when its place is settled', async () => {
    const [a, b] = tabs.pair(() => slices);
    const { rendered, clear } = showViews(b);
    actAtOnce(a, b, items);
    pass(DELAY);
    clear();
    await settle();
    expect(b.inspect().log).toMatchObject({ tentative: 0 });
    expect(Object.values(rendered).flat()).toEqual([]);
  });

  it('is one notification of watches and listeners', () => {
    const [a, b] = tabs.pair(() => slices);
    actAtOnce(a, b, items);
    const told: string[] = [];
    for (const key of ['cart', 'mirror', 'trail']) b.watch([key], () => told.push(key));
    b.watch(['cart', 'owner'], () => told.push('owner'));
    b.subscribe(() => told.push('all'));
    pass(DELAY);
    expect(told.sort()).toEqual(['all', 'cart', 'mirror', 'trail']);
  });
});

describe('an action that is played again', () => {
  it('passes middleware, effects of middleware and crossing listeners once in each tab', async () => {
    const all = Array.from({ length: 12 }, (_, i) => `item ${i}`);
    const opened = [0, 1].map(() => {
      const seen = { passed: [] as unknown[], effects: [] as unknown[], crossed: [] as unknown[] };
      const { middleware, startListening } = createListenerMiddleware();
      startListening({
        type: put.type,
        effect: (action) => void seen.effects.push((action as Put).payload),
      });
      const note: Middleware = () => (next) => (action) => {
        if ((action as Action).type === put.type) {
          seen.passed.push((action as Put).payload);
        }
        return next(action);
      };
      const store = tabs.open(slices, { middleware: [note, middleware] });
      store.bridge.onCross(({ action }) => seen.crossed.push((action as Put).payload));
      return { store, seen, ...showViews(store) };
    });
    await settle();
    for (const [i, item] of all.entries()) {
      act(() => void opened[i % 2]!.store.dispatch(put(item)));
      pass(1);
    }
    await settle();
    expect(Math.max(...reduced.values()), 'some were played again').toBeGreaterThan(2);
    for (const { store, seen, rendered } of opened) {
      for (const values of Object.values(seen)) expect([...values].sort()).toEqual([...all].sort());
      expect(rendered['trail']!.at(-1)).toBe(store.read(['trail']));
      expect(rendered['trail']).toEqual([...new Set(rendered['trail'])]);
    }
    const [a, b] = opened.map(({ store }) => JSON.stringify(store.getState()));
    expect(a).toBe(b);
  });
});

describe.each([
  ['5 actions', 5],
  ['400 actions, as a snapshot', 400],
])('a tab that is opened after %s', (_what, made) => {
  let others: string;
  beforeEach(() => {
    const [a, b] = tabs.pair(() => slices);
    for (let i = 0; i < made; i++) {
      const store = i % 2 ? a : b;
      store.dispatch(add(1));
      store.dispatch(put(`${i}`));
      if (i % 20 === 0) tabs.hub.settle();
    }
    tabs.hub.settle();
    others = JSON.stringify(a.getState());
  });

  it('renders what it begins with, and once more the state of the others', async () => {
    const late = tabs.open(slices);
    const rendered: [count: unknown, texts: string][] = [];
    function Both() {
      rendered.push([useCount(), useAll()]);
      return null;
    }
    show(late, <Both />);
    await settle();
    expect(JSON.stringify(late.getState())).toBe(others);
    const {
      cart: ofCart,
      mirror: mirrored,
      trail: joined,
    } = late.getState() as {
      cart: { count: number; list: string[] };
      mirror: string[];
      trail: string;
    };
    expect(rendered).toEqual([
      [0, '  '],
      [made, `${ofCart.list.join()} ${mirrored.join()} ${joined}`],
    ]);
  });

  const Gate = ({ children }: { children: ReactNode }) => (useReady('cart') ? children : 'waiting');
  const Suspending = ({ children }: { children: ReactNode }) => (
    useReady('cart', { suspend: true }),
    children
  );
  it.each([
    ['useReady', Gate],
    ['useReady that suspends', Suspending],
  ])('shows nothing but that behind a gate: %s', async (_name, Waiting) => {
    const late = tabs.open(slices);
    const rendered: unknown[] = [];
    function Count() {
      const count = String(useCount());
      rendered.push([count, useTrail().split(';').length - 1]);
      return <b data-testid="count">{count}</b>;
    }
    const { container } = show(
      late,
      <Suspense fallback="waiting">
        <Waiting>
          <Count />
        </Waiting>
      </Suspense>,
    );
    expect(container.textContent).toBe('waiting');
    await settle();
    expect(screen.getByTestId('count').textContent).toBe(`${made}`);
    expect(rendered).toEqual([[`${made}`, made]]);
  });
});
