// @vitest-environment jsdom
import { inspect } from 'node:util';
import { configureStore } from '@reduxjs/toolkit';
import { createIsolatedStore, IsthmusError, joinSharedStore, loadEngine } from 'isthmus';
import { createStore } from 'isthmus/redux';
import { withIsthmus } from 'isthmus/toolkit';
import { createElement as h } from 'react';
import { renderToString } from 'react-dom/server';
import { Provider, useSelector } from 'react-redux';
import { afterEach, describe, expect, it } from 'vitest';

// What other libraries make of a store, in development. That production holds none of it is shown by
// hints-production.node.test.ts.

type Foreign = Record<string, ((...args: unknown[]) => unknown) & Record<string, unknown>>;

await loadEngine();
const count = (state: number = 0, { type }: { type: string }) =>
  type === 'count/up' ? state + 1 : state;
const slices = [{ key: 'count', reducer: count }];

let leave: () => void = () => undefined;
const join = () => {
  const membership = joinSharedStore({ app: 'host', slices });
  leave = membership.leave;
  return membership.store;
};
afterEach(() => leave());

const makers: [string, () => object][] = [
  ['joinSharedStore', join],
  ['createIsolatedStore', () => createIsolatedStore({ name: 'own', slices })],
  ['withIsthmus', () => configureStore(withIsthmus({ reducer: { count } }, { name: 'rtk' }))],
  ['createStore of isthmus/redux', () => createStore(count)],
];

describe.each(makers)('a store of %s', (_maker, make) => {
  const store = () => make() as unknown as Foreign;

  it.each([
    ['injectReducer', "'injectReducer'.*joinSharedStore.*membership.inject\\(slice\\)"],
    ['addReducer', 'membership.inject\\(slice\\)'],
    ['addModules', 'membership.inject\\(slice\\)'],
    ['RegisterStore', 'joinSharedStore\\({ app, slices: \\[slice\\] }\\)'],
    ['CreateStore', 'membership.inject\\(slice\\)'],
    ['removeReducer', 'lease.dispose\\(\\).*membership.leave\\(\\)'],
    ['injectSaga', 'joinSharedStore\\({ app, middleware: \\[sagaMiddleware\\] }\\)'],
    ['runSaga', 'sagaMiddleware.run'],
    ['DispatchGlobalAction', 'store.dispatch\\(crossApp\\(action\\)\\)'],
    ['SubscribeToGlobalState', "store.watch\\(\\['cart'\\], listener\\)"],
    ['GetPartnerState', "store.read\\(\\['cart'\\]\\)"],
    ['RegisterGlobalActions', 'contract'],
  ])('names ours to who calls %s', (member, cure) => {
    const call = () => store()[member]!('cart', count);
    expect(call).toThrow(new RegExp(cure));
    expect(call).toThrow(IsthmusError);
    expect(call).toThrow(expect.objectContaining({ code: 'store-setup' }));
  });

  it('names ours to who uses a member of those that are objects', () => {
    const { asyncReducers, reducerManager, injectedReducers } = store();
    const cure = /membership\.inject\(slice\)/;
    expect(() => reducerManager!.add).toThrow(cure);
    expect(() => Object.assign(asyncReducers!, { cart: count })).toThrow(cure);
    expect(() => Reflect.has(injectedReducers!, 'cart')).toThrow(cure);
    expect(() => Object.keys(injectedReducers!)).toThrow(cure);
  });

  it('has no such member', () => {
    const made = make();
    expect('injectReducer' in made).toBe(false);
    expect(Object.keys(made)).not.toContain('injectReducer');
    expect({ ...made }).not.toHaveProperty('injectReducer');
    expect((made as Foreign).nothingOfTheKind).toBeUndefined();
  });

  it('is printed, compared and spread as before', () => {
    const made = make();
    expect(inspect(made)).toContain('dispatch: [Function');
    expect(inspect(made)).not.toMatch(/Proxy|prototype/);
    expect({ ...made }).toEqual(made);
    expect(made).toMatchObject({ ...made });
    expect(() => expect(made).toEqual({})).toThrow(/to deeply equal/);
    expect(made).toBeInstanceOf(Object);
    expect(String(made)).toBe('[object Object]');
  });

  it('serves react-redux', () => {
    const Count = () => h('b', null, JSON.stringify(useSelector((state) => state)));
    const page = h(Provider, { store: make() as never } as never, h(Count));
    expect(renderToString(page)).toMatch(/0/);
  });
});

it("joinSharedStore's is no place for the members that Redux's page on code splitting teaches", () => {
  const store = join() as unknown as Record<string, unknown>;
  expect(() => (store.asyncReducers = {})).toThrow(/has no 'asyncReducers'.*membership\.inject/);
  expect(() => (store.injectReducer = () => undefined)).toThrow(/has no 'injectReducer'/);
  expect(() => (store.another = 1)).toThrow(TypeError);
});

it('isthmus/redux leaves them to who adds them, and what is there counts', () => {
  const store = createStore(count) as unknown as Record<string, unknown>;
  store.asyncReducers = { cart: count };
  expect(store.asyncReducers).toEqual({ cart: count });
  const made = createStore(count, ((next: typeof createStore) => (reducer: typeof count) => ({
    ...next(reducer),
    injectReducer: () => 'theirs',
  })) as never) as unknown as Foreign;
  expect(made.injectReducer!()).toBe('theirs');
});

it('they are no part of the types', () => {
  // @ts-expect-error Redux's page on code splitting has it, and stores of ours do not.
  expect(() => join().injectReducer('count', count)).toThrow(IsthmusError);
});

it('replaceReducer, which Redux has, says what to do instead', () => {
  const replace = () => join().replaceReducer(((state: unknown) => state) as never);
  expect(replace).toThrow(/joinSharedStore\({ app, slices }\) or membership\.inject\(slice\)/);
  expect(replace).toThrow(expect.objectContaining({ code: 'store-setup' }));
});
