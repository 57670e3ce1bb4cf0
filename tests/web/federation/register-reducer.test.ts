import { joinSharedStore, loadEngine, type Middleware } from 'isthmus';
import type { Action } from 'redux';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

// One page for all tests of this file: its document makes memberships share a store.
vi.stubGlobal('document', {});
await loadEngine();

const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
const warnings = () => warn.mock.calls.map(([text]) => String(text));
beforeEach(() => {
  warn.mockClear();
  vi.useFakeTimers();
});
afterEach(() => vi.useRealTimers());

let stores = 0;
const freshName = () => `store-${++stores}`;
const theme = { key: 'theme', reducer: (state = 'light') => state };

describe('registerReducer', () => {
  it('adds a reducer, and again is harmless', () => {
    const { store } = joinSharedStore({ app: 'a', name: freshName() });
    store.registerReducer('theme', theme.reducer as never);
    store.registerReducer('theme', theme.reducer as never);
    expect(store.getState()).toEqual({ theme: 'light' });
    expect(store.inspect().leases).toBe(1);
  });

  it('is undone by unregisterReducer, after a teardown', () => {
    const seen: string[] = [];
    const spy: Middleware = () => (next) => (action) => (
      seen.push((action as Action).type),
      next(action)
    );
    const { store } = joinSharedStore({ app: 'a', name: freshName(), middleware: [spy] });
    store.registerReducer('theme', theme.reducer as never);
    store.unregisterReducer('theme');
    store.unregisterReducer('theme');
    expect(seen).toEqual(['theme/teardown']);
    expect(warnings()).toEqual([expect.stringContaining('nothing is registered there')]);
    expect(store.inspect()).toMatchObject({ slices: [], leases: 0 });
    store.registerReducer('theme', theme.reducer as never);
    expect(store.read(['theme'])).toBe('light');
  });

  it('can follow an unregisterReducer at which a listener threw', () => {
    const { store } = joinSharedStore({ app: 'a', name: freshName() });
    store.registerReducer('theme', theme.reducer as never);
    const stop = store.subscribe(() => {
      throw new Error('listener');
    });
    expect(() => store.unregisterReducer('theme')).toThrow('listener');
    stop();
    store.registerReducer('theme', theme.reducer as never);
    expect(store.read(['theme'])).toBe('light');
  });

  it('does not touch the slice of an app', () => {
    const { store } = joinSharedStore({ app: 'a', name: freshName(), slices: [theme] });
    expect(() => store.registerReducer('theme', () => 1)).toThrow(/'theme' belongs to 'a'/);
    store.unregisterReducer('theme');
    expect(store.read(['theme'])).toBe('light');
    expect(warnings()).toEqual([
      expect.stringMatching(/unregisterReducer\('theme'\) does nothing: it belongs to 'a'/),
    ]);
  });
});
