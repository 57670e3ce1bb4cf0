// @vitest-environment jsdom
import * as isthmus from 'isthmus';
import * as program from 'isthmus/program';
import * as react from 'isthmus/react';
import { isthmusEnhancer } from 'isthmus/redux';
import { createElement, type ComponentType } from 'react';
import { renderToString } from 'react-dom/server';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { loadOnFreshPage } from '../fresh-page.js';

// What a newcomer reads who writes JavaScript: each call with a typical wrong argument throws an error of
// this package that has a code and says in a sentence what was wanted, where, and what to do.

await isthmus.loadEngine();

type Call = (...args: never[]) => unknown;
type Loose = Record<string, Call>;
const { defineSlice, joinSharedStore, createIsolatedStore, crossApp, onDuplicate } =
  isthmus as unknown as Loose;
const { set, push, upsert, entityTable, removeWhere, when } = program as unknown as Loose;

const wrong = (call: Call | undefined, ...args: unknown[]) => call!(...(args as never[]));
const { inc, payload } = program;
const add = inc('/n');
const cart = isthmus.defineSlice({
  name: 'cart',
  initialState: { n: 0 },
  reducers: { add: [inc('/n')] },
});
const js = { key: 'js', reducer: (state: object = { a: 1 }) => state };
const named = (fields: object) => () =>
  wrong(defineSlice, { name: 'cart', initialState: { n: 0 }, reducers: {}, ...fields });
const join = (fields: object) => () => wrong(joinSharedStore, { app: 'shop', ...fields });
const isolated = (fields: object) => () => wrong(createIsolatedStore, { name: 'shop', ...fields });

let member: isthmus.Membership;
let store: Loose;
beforeEach(() => {
  member?.leave();
  member = isthmus.joinSharedStore({ app: 'host', slices: [cart, js] });
  store = member.store as unknown as Loose;
});

function rendered(Component: () => unknown, props: object = { store: member.store }) {
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
  const Shown = Component as ComponentType;
  const provider = react.SharedStoreProvider as ComponentType<object>;
  try {
    renderToString(createElement(provider, props, createElement(Shown)));
  } finally {
    vi.restoreAllMocks();
  }
}

const table: [string, () => unknown, code: string, RegExp][] = [
  [
    'defineSlice()',
    () => wrong(defineSlice),
    'invalid-definition',
    /defineSlice takes .*undefined/,
  ],
  [
    'a slice without a name',
    named({ name: undefined }),
    'invalid-definition',
    /a slice has a name/,
  ],
  ['a slice without a state', named({ initialState: undefined }), 'invalid-definition', /null if/],
  [
    'a state that is a function',
    named({ initialState: () => 0 }),
    'invalid-definition',
    /function/,
  ],
  [
    'a step without a list',
    named({ reducers: { add } }),
    'invalid-definition',
    /slice 'cart': the reducer 'add' is a function .* or a list of steps such as \[inc\('\/count'\)\].*given an object \(at \/reducers\/add\)$/,
  ],
  [
    'a step without a list under on',
    named({ on: { 'auth/logout': add } }),
    'invalid-definition',
    /'auth\/logout' is a function.*\(at \/on\/auth~1logout\)$/,
  ],
  [
    'a builder that was not called',
    named({ reducers: { add: [inc] } }),
    'invalid-definition',
    /each step of 'add' is made by a call.*a function \(at \/reducers\/add\/0\)$/,
  ],
  [
    'an expression in the place of a step',
    named({ reducers: { add: [payload('sku')] } }),
    'invalid-definition',
    /an expression .* no step: set\('\/total', \.\.\.\).*\(at \/reducers\/add\/0\)$/,
  ],
  [
    'an expression in the place of a step of a step',
    named({ on: { out: [wrong(when, payload('sku'), [add, payload('sku')])] } }),
    'invalid-definition',
    /an expression .* no step.*\(at \/on\/out\/0\/then\/1\)$/,
  ],
  ['no reducers', named({ reducers: undefined }), 'invalid-definition', /'reducers' must be/],
  ['a prepare of values', named({ prepare: { add: 1 } }), 'invalid-definition', /of functions/],
  ['a contract that is a list', named({ contract: [] }), 'invalid-definition', /by action type/],
  [
    'a contract that is true',
    named({ contract: { 'cart/add': true } }),
    'invalid-definition',
    /boolean \(at \/contract\/cart~1add\)/,
  ],
  ['a step without a path', () => wrong(set, undefined, 1), 'invalid-argument', /JSON Pointer/],
  ['an entity table without one', () => wrong(entityTable), 'invalid-argument', /JSON Pointer/],
  [
    'a path with dots',
    () => named({ reducers: { a: [wrong(set, 'n.x', 1)] } })(),
    'invalid-definition',
    /begin with '\/'/,
  ],
  ...(
    [
      ['push', () => wrong(push, '/n')],
      ['upsert', () => wrong(upsert, '/n')],
      ['removeWhere', () => wrong(removeWhere, '/n')],
      ['when', () => wrong(when, true)],
    ] as [string, () => unknown][]
  ).map(([name, make]): [string, () => unknown, string, RegExp] => [
    `${name} without all it needs`,
    () => named({ reducers: { a: [make()] } })(),
    'invalid-definition',
    /needs the field '\w+' \(at \/reducers\/a\/0\)/,
  ]),

  [
    'joinSharedStore()',
    () => wrong(joinSharedStore),
    'invalid-argument',
    /joinSharedStore\(\{ app/,
  ],
  ['no app', () => wrong(joinSharedStore, {}), 'invalid-argument', /needs a name in 'app'/],
  [
    'an app in place of options',
    () => wrong(joinSharedStore, 'shop'),
    'invalid-argument',
    /options/,
  ],
  ['one slice', join({ slices: cart }), 'invalid-argument', /'slices' of 'shop' is an array/],
  [
    'a slice that is undefined',
    join({ slices: [cart, undefined] }),
    'invalid-definition',
    /given undefined: its module has no such export, or is imported in a circle \(at \/slices\/1\)$/,
  ],
  ['a reducer as a slice', join({ slices: [() => 0] }), 'invalid-definition', /\{ key, reducer \}/],
  [
    'a slice without reducer',
    join({ slices: [{ key: 'x' }] }),
    'invalid-argument',
    /slice 'x' must/,
  ],
  [
    'two slices of one name',
    join({
      slices: [
        { key: 'a', reducer: () => 0 },
        { key: 'a', reducer: () => 1 },
      ],
    }),
    'slice-exists',
    /'shop' brings two slices named 'a', slices\[0\] and slices\[1\]: rename one of them/,
  ],
  [
    'one middleware',
    join({ middleware: () => 0 }),
    'invalid-argument',
    /'middleware' of 'shop' is an/,
  ],
  [
    'a middleware that is none',
    join({ middleware: [{}] }),
    'invalid-argument',
    /middleware\[0\] of/,
  ],
  ['one that returns nothing', join({ middleware: [() => 0] }), 'invalid-argument', /\(api\) => /],
  [
    'a list of contracts',
    join({ contract: [] }),
    'invalid-argument',
    /contract of 'shop' is an object/,
  ],
  ['a contract of true', join({ contract: { a: true } }), 'invalid-argument', /not for 'a'/],

  ['createIsolatedStore()', () => wrong(createIsolatedStore), 'invalid-argument', /\(\{ name/],
  [
    'an app instead of a name',
    isolated({ name: undefined, app: 'x' }),
    'invalid-argument',
    /'name'/,
  ],
  ['a root reducer', isolated({ reducers: () => 0 }), 'invalid-argument', /reducers by key/],
  [
    'a reducer that is none',
    isolated({ reducers: { a: 1 } }),
    'invalid-argument',
    /slice 'a' must/,
  ],
  [
    'null as bridge',
    isolated({ bridge: null }),
    'invalid-argument',
    /{ channel: 'name' }.*it was given null/,
  ],
  [
    'a channel as bridge',
    isolated({ bridge: 'shop' }),
    'invalid-argument',
    /\{ channel: 'name' \}/,
  ],
  [
    'a channel of no text',
    isolated({ bridge: { channel: 5 } }),
    'invalid-argument',
    /bridge.channel/,
  ],
  ['limits of no object', isolated({ bridge: { limits: 5 } }), 'invalid-argument', /bridge.limits/],
  [
    'onDrop of no function',
    isolated({ bridge: { onDrop: 5 } }),
    'invalid-argument',
    /bridge.onDrop/,
  ],

  ['inject()', () => wrong(member.inject), 'invalid-definition', /given undefined/],
  ['inject of a key', () => wrong(member.inject, 'cart'), 'invalid-definition', /given a string/],
  ['expect of a slice', () => wrong(member.expect, cart), 'invalid-argument', /cart\.name/],
  ['replace()', () => wrong(member.inject(cart).replace), 'invalid-definition', /given undefined/],

  ['read()', () => wrong(store.read), 'invalid-path', /an array of keys, such as \['cart'/],
  [
    'a pointer',
    () => wrong(store.read, '/cart/n'),
    'invalid-path',
    /write \['cart', 'n'\] instead/,
  ],
  [
    'dots',
    () => wrong(store.watch, 'cart.n', () => 0),
    'invalid-path',
    /write \['cart', 'n'\] inst/,
  ],
  [
    'a watch of nobody',
    () => wrong(store.watch, ['cart']),
    'invalid-argument',
    /listener of watch/,
  ],
  ['status of a slice', () => wrong(store.status, cart), 'invalid-argument', /key of a slice/],
  ['whenReady()', () => wrong(store.whenReady), 'invalid-argument', /key of a slice/],
  ['markReady()', () => wrong(store.markReady), 'invalid-argument', /key of a slice/],
  ['onStatus()', () => wrong(store.onStatus), 'invalid-argument', /must be a function/],
  ['registerReducer()', () => wrong(store.registerReducer), 'invalid-argument', /key of a slice/],
  ['a reducer that is missing', () => wrong(store.registerReducer, 'x'), 'invalid-argument', /'x'/],
  [
    'hydrate of nothing known',
    () => wrong(store.hydrate, 'crat', {}),
    'slice-missing',
    /'crat' is not/,
  ],
  ...[undefined, () => 0, new Date(0), Symbol('x')].flatMap((snapshot) =>
    ['cart', 'js'].map((key): [string, () => unknown, string, RegExp] => [
      `hydrate of '${key}' with ${String(snapshot)}`,
      () => wrong(store.hydrate, key, snapshot),
      'invalid-argument',
      /takes the whole state of the slice; it was given/,
    ]),
  ),
  [
    'hydrate with a promise',
    () => wrong(store.hydrate, 'js', Promise.resolve({})),
    'invalid-argument',
    /: await it first/,
  ],
  ['onDrop()', () => wrong(member.store.bridge.onDrop), 'invalid-argument', /bridge.onDrop/],
  ['onGap()', () => wrong(member.store.bridge.onGap), 'invalid-argument', /bridge.onGap/],
  ['onCross()', () => wrong(member.store.bridge.onCross), 'invalid-argument', /bridge.onCross/],
  ['onDuplicate()', () => wrong(onDuplicate), 'invalid-argument', /listener of onDuplicate/],

  ['crossApp()', () => wrong(crossApp), 'invalid-argument', /crossApp\(add\(1\)\); .* undefined/],
  ['crossApp of a type', () => wrong(crossApp, 'cart/add'), 'invalid-argument', /a string$/],
  [
    'crossApp of a creator',
    () => wrong(crossApp, cart.actions.add),
    'invalid-argument',
    /function$/,
  ],
  ['crossApp of null', () => wrong(crossApp, null), 'invalid-argument', /null$/],
  ['an enhancer not called', () => wrong(isthmusEnhancer, () => 0), 'store-setup', /call it/],

  ['a hook with a pointer', () => rendered(hook('/cart/n')), 'invalid-path', /\['cart', 'n'\]/],
  ['a hook without a path', () => rendered(hook(undefined)), 'invalid-path', /an array of keys/],
  [
    'a selector that is a path',
    () => rendered(() => wrong(react.useSharedSelector, ['cart'])),
    'invalid-argument',
    /useSharedSelector takes a function/,
  ],
  [
    'useReady of a slice',
    () => rendered(() => wrong(react.useReady, cart)),
    'invalid-argument',
    /key/,
  ],
  ['useSlice()', () => rendered(() => wrong(react.useSlice)), 'invalid-argument', /useSlice takes/],
  [
    'a membership as a store',
    () => rendered(() => null, { store: member }),
    'invalid-argument',
    /hand the membership down as `membership`/,
  ],
  [
    'another store',
    () => rendered(() => null, { store: {} }),
    'invalid-argument',
    /isthmus\/redux/,
  ],
];
const hook = (path: unknown) => () => wrong(react.useSharedValue, path) as null;

describe('a wrong argument from JavaScript is refused in a sentence:', () => {
  it.each(table)('%s', (_what, call, code, text) => {
    const before = member.store.getState();
    let error: unknown;
    try {
      call();
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(isthmus.IsthmusError);
    expect(error).toMatchObject({ code, message: expect.stringMatching(text) });
    expect((error as Error).message.length).toBeLessThan(400);
    expect(member.store.getState()).toBe(before);
  });
});

it('what is refused has left nothing behind', () => {
  expect(member.store.inspect().owners.map(({ owner }) => owner)).toEqual(['host']);
  expect(isthmus.describeContracts()).toEqual([]);
});

it('the place of a cycle is told in brief', () => {
  const endless: { self?: object } = {};
  endless.self = endless;
  const box = isthmus.createIsolatedStore({ name: 'box', slices: [cart] });
  const call = () => box.dispatch({ ...cart.actions.add(), payload: endless });
  expect(call).toThrow(/a cycle \(at \/payload\/self[/self]+ \.\.\. [/self]+\)$/);
  box.dispose();
});

it('an app that joins before the engine is loaded is named', async () => {
  const fresh = await loadOnFreshPage();
  const early = () => fresh.joinSharedStore({ app: 'shop' });
  expect(early).toThrow(/^'shop' cannot join yet: .*await loadEngine\(\)/);
});
