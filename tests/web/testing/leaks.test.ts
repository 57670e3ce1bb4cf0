// @vitest-environment jsdom
import { defineSlice, joinSharedStore, type Membership, type Middleware } from 'isthmus';
import {
  assertNoLeaks,
  createTestStore,
  takeBaseline,
  type SharedTestStore,
} from 'isthmus/testing';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

const cart = defineSlice({ name: 'cart', initialState: { items: [] as string[] }, reducers: {} });
const nothing = () => undefined;

let test: SharedTestStore;
beforeEach(async () => {
  test = await createTestStore({ shared: true });
});
afterEach(() => {
  vi.useRealTimers();
  test.dispose();
});

/** What an app may leave behind, and the line that names it. */
const leaks: [what: string, leave: (app: Membership) => void, line: string][] = [
  ['a slice', (app) => void app.inject(cart), "- slice 'cart' of 'remote' (1 lease)\n"],
  [
    'a slice that is kept, and held twice',
    (app) => [1, 2].forEach(() => app.inject(cart, { keepFor: 'page' })),
    "- slice 'cart' of 'remote' (2 leases)\n",
  ],
  ['a watcher', ({ store }) => void store.watch(['cart'], nothing), '- watchers: 1 more\n'],
  [
    'listeners',
    ({ store }) => [1, 2].forEach(() => store.subscribe(nothing)),
    '- listeners: 2 more\n',
  ],
  ['a status listener', ({ store }) => void store.onStatus(nothing), '- listeners: 1 more\n'],
  [
    'an expectation',
    ({ expect }) => expect('later', { 'later/x': {} }),
    "- slice 'later' expected by 'remote' (0 messages parked)\n- contract 'later/x' of 'remote'\n",
  ],
];

describe('assertNoLeaks names', () => {
  it.each(leaks)('%s', (_what, leave, line) => {
    const app = joinSharedStore({ app: 'remote' });
    const before = takeBaseline(test.store);
    assertNoLeaks(test.store, before);
    leave(app);
    const compare = () => assertNoLeaks(test.store, before);
    expect(compare).toThrow(`the store 'shared' holds more than before:\n${line}Undo it`);
  });

  it('middleware and contracts of a membership that did not leave', () => {
    const before = takeBaseline(test.store);
    const pass: Middleware = () => (next) => next;
    const app = joinSharedStore({
      app: 'remote',
      middleware: [pass],
      contract: { 'cart/add': {} },
    });
    const compare = () => assertNoLeaks(test.store, before);
    expect(compare).toThrow("- middleware: 1 more\n- contract 'cart/add' of 'remote'\n");
    app.leave();
    assertNoLeaks(test.store, before);
  });

  it('one more lease on a slice that was there', () => {
    test.membership.inject(cart);
    const before = takeBaseline(test.store);
    const lease = test.membership.inject(cart);
    const compare = () => assertNoLeaks(test.store, before);
    expect(compare).toThrow("- leases on the slice 'cart' of 'test': 1 more\n");
    lease.dispose();
    assertNoLeaks(test.store, before);
  });

  it('messages that wait for a slice which nobody brings', async () => {
    const contract = { 'later/x': {} };
    const other = await createTestStore({ hub: test.hub, contract });
    test.membership.expect('later', contract);
    const before = takeBaseline(test.store);
    other.store.dispatch({ type: 'later/x', meta: { crossApp: true } } as never);
    test.hub.flush();
    const compare = () => assertNoLeaks(test.store, before);
    expect(compare).toThrow("- messages parked for 'later', which 'test' expects: 1 more\n");
    other.dispose();
  });

  it('the channel of a store that was not disposed of', async () => {
    const other = await createTestStore();
    expect(() => assertNoLeaks(other.store)).toThrow(
      "the store 'test' holds more than before:\n- middleware: 1 more\n- channel 'isthmus'\n",
    );
    other.dispose();
    assertNoLeaks(other.store);
  });
});

describe('assertNoLeaks around a function', () => {
  const visit = (leave: boolean) => async () => {
    const app = joinSharedStore({ app: 'remote', slices: [cart] });
    await Promise.resolve();
    if (leave) app.leave();
  };

  it('waits for the function, and for the teardown of the next task', async () => {
    await assertNoLeaks(test.store, visit(true));
  });

  it('rejects with what the function has left', async () => {
    await expect(assertNoLeaks(test.store, visit(false))).rejects.toThrow(
      "slice 'cart' of 'remote'",
    );
  });

  it('rejects with the error of the function', async () => {
    const fail = () => Promise.reject(new Error('mount failed'));
    await expect(assertNoLeaks(test.store, fail)).rejects.toThrow('mount failed');
  });

  it('does not hang where the test has faked the timers', async () => {
    vi.useFakeTimers();
    const run = () => {
      visit(true)();
      vi.runAllTimers();
    };
    await expect(assertNoLeaks(test.store, run)).rejects.toThrow("slice 'cart'");
  });
});

it('less than before is no leak', () => {
  const lease = test.membership.inject(cart);
  const stop = test.store.subscribe(nothing);
  const before = takeBaseline(test.store);
  lease.dispose({ now: true });
  stop();
  assertNoLeaks(test.store, before);
});
