import { getSharedStore, joinSharedStore } from 'isthmus';
import { describe, expect, it } from 'vitest';
import { open, testStoreCases } from './test-store-cases.js';

describe('in Node, createTestStore', () => {
  testStoreCases();

  it('makes a shared store that is passed on by hand, as on a server', async () => {
    const { store } = await open({ shared: true });
    expect(() => getSharedStore()).toThrow(/pass the store on/);
    const other = joinSharedStore({ app: 'remote' });
    expect(other.store).not.toBe(store);
    other.leave();
  });
});
