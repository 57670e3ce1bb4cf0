import type { Action } from 'redux';
import { converging, loadEngine } from 'isthmus';
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
