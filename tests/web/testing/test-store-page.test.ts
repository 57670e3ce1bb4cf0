// @vitest-environment jsdom
import { describeContracts, getSharedStore, joinSharedStore } from 'isthmus';
import { createTestStore } from 'isthmus/testing';
import { describe, expect, it, vi } from 'vitest';
import { log, open, testStoreCases } from './test-store-cases.js';

describe('on a page, createTestStore', () => {
  testStoreCases();

  it('makes the shared store that the code under test finds and joins', async () => {
    const { store } = await open({ shared: true, slices: [log] });
    expect(getSharedStore()).toBe(store);
    expect(joinSharedStore({ app: 'remote' }).store).toBe(store);
  });

  it('ends the shared store with what others have left in it, so that the next test begins anew', async () => {
    const error = vi.spyOn(console, 'error');
    const { store, dispose } = await createTestStore({ shared: true });
    const remote = joinSharedStore({ app: 'remote', slices: [log], contract: { 'a/b': {} } });
    dispose();
    expect(store.inspect()).toMatchObject({ slices: [], channels: [] });
    expect(describeContracts()).toEqual([]);
    expect(() => getSharedStore()).toThrow(/no app has joined/);

    const next = await open({ shared: true });
    expect(next.store).not.toBe(store);
    remote.leave();
    dispose();
    expect(getSharedStore()).toBe(next.store);
    await new Promise((later) => setTimeout(later, 5));
    expect(error).not.toHaveBeenCalled();
  });

  it('refuses a shared store that an earlier test has left behind', async () => {
    await open({ shared: true });
    await expect(createTestStore({ shared: true })).rejects.toThrow(
      /shared store 'shared' already/,
    );
  });
});
