import type { Action } from 'redux';
import { createSlice } from '@reduxjs/toolkit';
import { converging, defineSlice, loadEngine, native } from 'isthmus';
import { reset } from 'isthmus/program';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';

import { pageRegistry } from '../fresh-page.js';
import { Tabs } from './tabs.js';

beforeAll(() => loadEngine());

type Put = Action & { payload?: string };
const contract = { 'list/put': { payload: { type: 'string' } } } as const;
const put = (text: string) => ({ type: 'list/put', payload: text });
const list = (
  reducer: (list: readonly string[] | undefined, action: Put) => unknown,
  version = 1,
) => converging({ key: 'list', reducer }, { version, contract });

describe('in development the console tells', () => {
  let tabs: Tabs;
  let warned: string[];
  beforeEach(() => {
    tabs = new Tabs();
    warned = [];
    vi.spyOn(console, 'warn').mockImplementation((text: string) => void warned.push(text));
  });
  afterEach(() => {
    tabs.close();
    vi.restoreAllMocks();
    pageRegistry()?.told?.clear();
  });

  it('once of a reducer that makes two states of one', () => {
    const slice = list((state = [], { type, payload }) =>
      type === 'list/put' ? [...state, `${payload!} ${Math.random()}`] : state,
    );
    const [a] = tabs.pair(() => [slice]);
    a.dispatch(put('x'));
    a.dispatch(put('y'));
    const told = warned.filter((text) => text.includes("'list/put'"));
    expect(told).toHaveLength(1);
    expect(told[0]).toMatch(/reducer of 'list'.*two different states.*payload/);
  });

  let calls = 0;
  it.each<[string, () => number]>([
    ['a random number', () => Math.random()],
    ['a time', () => performance.now()],
    ['what an earlier call has left', () => ++calls],
  ])('once of a function over a draft that uses %s', (_, number) => {
    const named = { name: 'list', initialState: [] as number[] };
    const reducers = { put: (state: number[]) => void state.push(number()) };
    const own = defineSlice({ ...named, reducers, contract: { 'list/put': {} }, converge: true });
    const others = defineSlice({
      ...{ name: 'other', initialState: { at: 0 }, reducers: {}, converge: true },
      on: { 'list/put': (state: { at: number }) => void (state.at = number()) },
    });
    const toolkit = createSlice({ ...named, name: 'toolkit', reducers });
    const held = converging(native(toolkit), { version: 1, contract: { 'toolkit/put': {} } });
    const [a] = tabs.pair(() => [own, others, held]);
    for (const action of [own.actions.put(), toolkit.actions.put()]) {
      a.dispatch(action);
      a.dispatch(action);
    }
    expect(warned.filter((text) => text.includes('two different states'))).toEqual([
      expect.stringMatching(/reducer of 'list'.*'list\/put'/),
      expect.stringMatching(/reducer of 'other'.*'list\/put'/),
      expect.stringMatching(/reducer of 'toolkit'.*'toolkit\/put'/),
    ]);
  });

  it('nothing of a function over a draft that makes equal states, of few members or many', () => {
    const ids = Array.from({ length: 100 }, (_, i) => `p${i}`);
    const slice = defineSlice({
      name: 'list',
      initialState: { byId: Object.fromEntries(ids.map((id) => [id, { n: 0 }])), last: [''] },
      reducers: {
        put(state, { payload }: { type: string; payload: string }) {
          state.byId[payload]!.n += 1;
          state.last.unshift(payload);
        },
        clear: [reset('/last')],
      },
      contract: { 'list/put': {}, 'list/clear': {} },
      converge: true,
    });
    const [a, b] = tabs.pair(() => [slice]);
    a.dispatch(slice.actions.put('p1'));
    b.dispatch(slice.actions.put('p1'));
    b.dispatch(slice.actions.clear());
    tabs.hub.settle();
    expect(a.read(['list', 'byId', 'p1', 'n'])).toBe(2);
    expect(warned).toEqual([]);
  });

  it('nothing of one that makes equal ones', () => {
    const slice = list((state = [], { type, payload }) =>
      type === 'list/put' ? [...state, { text: payload, tags: ['a', 'b'] }] : state,
    );
    const [a, b] = tabs.pair(() => [slice]);
    a.dispatch(put('x'));
    b.dispatch(put('y'));
    tabs.hub.settle();
    expect(warned).toEqual([]);
  });

  it('of a release beside another one', () => {
    const keep = (state: readonly string[] = []) => state;
    tabs.open([list(keep, 1)]);
    tabs.open([list(keep, 2)]);
    tabs.hub.settle();
    const told = warned.filter((text) => text.includes('another tab'));
    expect(told).toHaveLength(2); // one for each fingerprint, on this page that plays both tabs
    expect(told[0]).toMatch(/'list'.*other reducers or contracts.*reloaded/);
  });

  it('of a state that another tab does not have', () => {
    let mark = 'first';
    const slice = list((state = [], { type, payload }) =>
      type === 'list/put' ? [...state, `${payload!} ${mark}`] : state,
    );
    const [a] = tabs.pair(() => [slice]);
    a.dispatch(put('x'));
    mark = 'second';
    tabs.hub.advance(5000);
    expect(warned.filter((text) => text.includes('tab that settles'))).toHaveLength(1);
  });
});

it('a reducer that changes its state in place is refused in development, and nothing has changed', () => {
  const tabs = new Tabs();
  const slice = list((state = ['first'], { type, payload }) => {
    if (type === 'list/put') (state as string[]).push(payload!);
    return state;
  });
  const [a] = tabs.pair(() => [slice]);
  expect(() => a.dispatch(put('x'))).toThrow(TypeError);
  expect(a.read(['list'])).toEqual(['first']);
  tabs.close();
});
