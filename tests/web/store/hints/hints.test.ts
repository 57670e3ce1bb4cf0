// @vitest-environment jsdom
import type * as Isthmus from 'isthmus';
import { inc, payload, set } from 'isthmus/program';
import { act, createElement } from 'react';
import { createRoot } from 'react-dom/client';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { loadOnFreshPage } from '../../fresh-page.js';
import { createTestHub, type TestHub } from 'isthmus/testing';

// What would otherwise be silent, in a development build. That production has none of it is shown by
// hints-production.node.test.ts.

let isthmus: typeof Isthmus;
let hub: TestHub;
let warn = vi.fn<(text: unknown) => void>();
const told = () => warn.mock.calls.map(([text]) => String(text));

beforeEach(async () => {
  warn = vi.fn<(text: unknown) => void>();
  vi.spyOn(console, 'warn').mockImplementation(warn);
  isthmus = await loadOnFreshPage();
  await isthmus.loadEngine();
  hub = createTestHub();
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

function makeCart() {
  return isthmus.defineSlice({
    name: 'cart',
    initialState: {
      items: [] as string[],
      status: 'idle',
      user: null as { name: string } | null,
      byId: {} as Record<string, number>,
      pages: { a: { n: 1 }, b: { n: 2 } } as Record<string, { n: number }>,
      total: { amount: 0, currency: 'EUR' },
    },
    reducers: { add: [inc('/total/amount')], keep: [set('/status', payload())] },
    contract: { 'cart/keep': { payload: { type: 'string', maxLength: 300_000 } } },
  });
}

const join = (options: object = {}) =>
  isthmus.joinSharedStore({
    app: 'host',
    slices: [makeCart()],
    bridge: { transport: hub.connect() },
    ...options,
  });

describe('a marked action that stays at home is told once, with the reason that onDrop gets:', () => {
  const keep = (payload: unknown) => ({ type: 'cart/keep', payload });
  const jwt = `eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.${'dozjgNryP4J3jVmNHl0w5N_XgL0n3I9P'}`;
  it.each<[string, { type: string; payload?: unknown }]>([
    ['type', { type: 'cart/add' }],
    ['schema', keep(7)],
    ['secret', keep(jwt)],
    ['too-large', keep('x'.repeat(299_999))],
    ['undecodable', keep(() => 1)],
  ])('%s', (reason, action) => {
    const onDrop = vi.fn();
    const reducers = { any: (state = 0) => state };
    const bridge = { transport: hub.connect(), onDrop };
    const contract = makeCart().contract;
    const store = isthmus.createIsolatedStore({ name: 'shared', reducers, contract, bridge });
    for (let i = 0; i < 3; i++) store.dispatch(isthmus.crossApp(action));
    expect(onDrop).toHaveBeenCalledTimes(3);
    const [drop] = onDrop.mock.calls[0] as [Isthmus.Drop];
    expect(drop.reason).toBe(reason);
    expect(told()).toEqual([
      `isthmus: '${action.type}' is marked to cross, but stayed in the store 'shared' (${reason}): ${drop.message}. Its local dispatch stands.`,
    ]);
  });

  it('each type and each reason of its own, but not what is switched off or came from elsewhere', () => {
    const { store } = join();
    store.dispatch(isthmus.crossApp({ type: 'cart/add' }));
    store.dispatch(isthmus.crossApp({ type: 'cart/adds' }));
    store.dispatch(isthmus.crossApp(makeCart().actions.keep(7 as never)));
    expect(told()).toHaveLength(3);
    store.bridge.setEnabled(false);
    store.dispatch(isthmus.crossApp(makeCart().actions.keep('x')));
    hub.connect()('isthmus').post({ isthmus: 1, nonsense: true });
    hub.flush();
    expect(told()).toHaveLength(3);
  });
});

describe('a path that names nothing', () => {
  const nothing = (path: string, why: string) =>
    `isthmus: nothing is at ${path} in the store 'shared': ${why}.`;
  const keys = "['cart'] has 'items', 'status', 'user', 'byId', 'pages', 'total'";
  it.each<[Isthmus.Path, string]>([
    [['cart', 'itms'], `${keys}, but no 'itms'. Did you mean ['cart', 'items']?`],
    [
      ['cart', 'nope'],
      `${keys}, but no 'nope'. What is to come later should be null in the initial state`,
    ],
    [
      ['cart', 'total', 'ammount'],
      "['cart', 'total'] has 'amount', 'currency', but no 'ammount'. Did you mean ['cart', 'total', 'amount']?",
    ],
    [['cart', 'status', 'now'], "['cart', 'status'] is a string, and nothing is below it"],
    [['cart', 'items', 'frist'], "['cart', 'items'] is an array"],
  ])('%j is told once, of read and of watch', (path, why) => {
    const { store } = join();
    const text = nothing(`['${path.join("', '")}']`, why);
    store.watch(path, () => undefined);
    for (let i = 0; i < 3; i++) expect(store.read(path)).toBeUndefined();
    expect(told()).toEqual([text]);
  });

  it.each<[string, Isthmus.Path]>([
    ['an id that a dictionary lacks', ['cart', 'byId', 'x']],
    ['an id of one that began with some', ['cart', 'pages', 'c']],
    ['an element beyond the end', ['cart', 'items', 3]],
    ['the same as text', ['cart', 'items', '3']],
    ['what is below null', ['cart', 'user', 'name']],
    ['the root', []],
  ])('is not meant by %s', (_what, path) => {
    const { store } = join();
    store.watch(path, () => undefined);
    store.read(path);
    vi.advanceTimersByTime(60_000);
    expect(told()).toEqual([]);
  });

  it('is told of a JS slice, too, and of a hook', async () => {
    const react = await import('isthmus/react');
    Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });
    const reducer = (state: object = { name: 'Ada' }) => state;
    const { store } = join({ slices: [{ key: 'user', reducer }] });
    const Name = () => createElement('b', null, String(react.useSharedValue(['user', 'nmae'])));
    const root = createRoot(document.createElement('div'));
    const provided = createElement(react.SharedStoreProvider, { store }, createElement(Name));
    await act(async () => root.render(provided));
    expect(told()).toEqual([
      nothing(
        "['user', 'nmae']",
        "['user'] has 'name', but no 'nmae'. Did you mean ['user', 'name']?",
      ),
    ]);
    await act(async () => root.unmount());
  });

  it('in a slice that nobody has is told after a while, sooner if another is called alike', () => {
    const { store } = join();
    store.read(['crat', 'items']);
    store.watch(['profile'], () => undefined);
    expect(told()).toEqual([]);
    vi.advanceTimersByTime(1000);
    expect(told()).toEqual([
      "isthmus: the store 'shared' has no slice 'crat': the path ['crat', 'items'] probably means 'cart'.",
    ]);
    vi.advanceTimersByTime(60_000);
    expect(told().slice(1)).toEqual([
      "isthmus: the store 'shared' has no slice 'profile': the path ['profile'] waits for it; there are 'cart'; say expect('profile') if it is to come later.",
    ]);
  });
});

describe('a key that nobody has', () => {
  it('is told when whoever asks whether it is ready has waited for a while', async () => {
    const react = await import('isthmus/react');
    Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });
    const { store } = join();
    const Ready = () => createElement('b', null, String(react.useReady('crat')));
    const root = createRoot(document.createElement('div'));
    const provided = createElement(react.SharedStoreProvider, { store }, createElement(Ready));
    await act(async () => root.render(provided));
    void store.whenReady('porfile');
    vi.advanceTimersByTime(60_000);
    expect(told()).toEqual([
      "isthmus: the store 'shared' has no slice 'crat': whoever asks for 'crat' probably means 'cart'.",
      "isthmus: the store 'shared' has no slice 'porfile': whoever asks for 'porfile' waits for it; there are 'cart'; say expect('porfile') if it is to come later.",
    ]);
    await act(async () => root.unmount());
  });

  it.each<[string, (member: ReturnType<typeof join>) => void]>([
    ['is expected', ({ expect }) => expect('late')],
    ['is marked as loading', ({ store }) => store.markLoading('late')],
    ['has come meanwhile', ({ store }) => store.registerReducer('late', () => 0)],
    [
      'was there before',
      ({ store }) => {
        store.registerReducer('late', () => 0);
        store.unregisterReducer('late');
      },
    ],
  ])('but %s is not told', (_how, see) => {
    const member = join();
    void member.store.whenReady('late');
    member.store.read(['late', 'x']);
    see(member);
    vi.advanceTimersByTime(60_000);
    expect(told()).toEqual([]);
  });

  it('is not told of a store that has ended meanwhile', () => {
    const store = isthmus.createIsolatedStore({ name: 'checkout' });
    store.read(['late']);
    void store.whenReady('later');
    store.dispose();
    vi.advanceTimersByTime(60_000);
    expect(told()).toEqual([]);
  });
});

describe('dispatch', () => {
  it('after dispose is told once for each type', () => {
    const cart = makeCart();
    const store = isthmus.createIsolatedStore({ name: 'checkout', slices: [cart] });
    store.dispatch(cart.actions.add());
    store.dispose();
    expect(told()).toEqual([]);
    for (let i = 0; i < 3; i++) store.dispatch(cart.actions.add());
    expect(told()).toEqual([
      "isthmus: 'cart/add' was dispatched to the store 'checkout', which has ended (dispose, or leave on a server): no app's slice sees it; dispatch before it ends, or to the store that took its place.",
    ]);
    store.dispatch(cart.actions.keep('x'));
    expect(told()).toHaveLength(2);
  });

  it('of what a slice has defined, after its app has left, is told once for each type', () => {
    const cart = makeCart();
    const { store, leave } = join({ app: 'cart-app', slices: [cart] });
    leave();
    store.dispatch(cart.actions.add()); // it is there until the next task
    vi.advanceTimersByTime(1);
    expect(told()).toEqual([]);
    for (let i = 0; i < 3; i++) store.dispatch(cart.actions.add());
    expect(told()).toEqual([
      "isthmus: 'cart/add' was dispatched after 'cart-app' had given back its slice 'cart' (dispose or leave): it changed nothing. Dispatch before leaving, or keep the slice (keepFor).",
    ]);
    isthmus.joinSharedStore({ app: 'cart-app', slices: [cart] });
    store.dispatch(cart.actions.keep('idle'));
    expect(told()).toHaveLength(1);
  });

  it('of such an action is no mistake where another slice has use for it, or it crosses', () => {
    const cart = makeCart();
    const { store, leave } = join({ app: 'cart-app', slices: [cart] });
    store.registerReducer('log', (state = 0, { type }) =>
      type === 'cart/add' ? state + 1 : state,
    );
    leave();
    vi.advanceTimersByTime(1);
    store.dispatch(cart.actions.add());
    expect(store.read(['log'])).toBe(1);
    const onDrop = vi.fn();
    store.bridge.onDrop(onDrop);
    store.dispatch(isthmus.crossApp(cart.actions.keep('x')));
    expect(told().filter((text) => !text.includes('marked to cross'))).toEqual([]);
  });
});

describe('a membership that was not left', () => {
  const observed = () => vi.advanceTimersByTimeAsync(1500);
  const gone =
    "isthmus: 'cart-app' has not left the store, though its root element is gone from the page: its slices, contracts and middleware stay. Call leave() where it unmounts.";

  function mount(place: ParentNode = document.body) {
    const root = document.createElement('div');
    const member = join({ app: 'cart-app', root });
    place.append(root);
    return { root, ...member };
  }

  it('is told once when its root element is gone', async () => {
    const { root } = mount();
    await observed();
    expect(told()).toEqual([]);
    root.remove();
    await observed();
    document.body.append(root);
    await observed();
    root.remove();
    await observed();
    expect(told()).toEqual([gone]);
  });

  it('is told when it is gone from a shadow tree', async () => {
    const host = document.createElement('div');
    document.body.append(host);
    const root = document.createElement('div');
    host.attachShadow({ mode: 'open' }).append(root);
    const { leave } = join({ app: 'cart-app', root });
    root.remove();
    await observed();
    expect(told()).toEqual([gone]);
    leave();
  });

  it('is told when an element above it is gone', async () => {
    const host = document.createElement('div');
    document.body.append(host);
    const { leave } = mount(host);
    await observed();
    host.remove();
    await observed();
    expect(told()).toEqual([gone]);
    leave();
  });

  it('is not told of an app that has left, or whose root was only moved', async () => {
    const { root, leave } = mount();
    await observed();
    const other = document.createElement('p');
    document.body.append(other);
    root.remove();
    await vi.advanceTimersByTimeAsync(500);
    other.append(root);
    await observed();
    leave();
    root.remove();
    await observed();
    expect(told()).toEqual([]);
  });
});
