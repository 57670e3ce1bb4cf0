/** @jest-environment jsdom */
import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { crossApp } from 'isthmus';
import { assertNoLeaks, createTestStore, mockFederation } from 'isthmus/testing';
import { cart, mountCart } from './remote-cart.mjs';

let host;
let federation;

// jest.config.mjs leads it to a file; the remote imports it when it mounts.
jest.unstable_mockModule('hostApp/store', () => federation.load('hostApp/store'));

beforeEach(async () => {
  host = await createTestStore({ shared: true });
  federation = mockFederation({
    remotes: { hostApp: { './store': () => ({ store: host.store }) } },
  });
});
afterEach(() => {
  federation.restore();
  host.dispose();
  jest.resetModules();
});

test("import('hostApp/store') is the test's store, and the remote leaves nothing behind", async () => {
  await assertNoLeaks(host.store, async () => {
    const leave = await mountCart();
    expect((await import('hostApp/store')).store).toBe(host.store);
    host.store.dispatch(cart.actions.add('tea'));
    expect(host.store.read(['cart', 'skus'])).toEqual(['tea']);
    leave();
  });
});

test('a marked action crosses to another tab', async () => {
  const other = await createTestStore({ slices: [cart], hub: host.hub });
  host.membership.inject(cart);
  host.store.dispatch(crossApp(cart.actions.add('x'.repeat(100))));
  host.hub.flush();
  expect(other.store.read(['cart', 'skus'])).toEqual(['x'.repeat(100)]);
  other.dispose();
});
