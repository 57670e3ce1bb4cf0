import { joinSharedStore, loadEngine, type SharedStore } from 'isthmus';
import { useSharedSelector, useSharedValue, type StoreSource } from 'isthmus/svelte';
import { flushSync, mount, unmount, type Component } from 'svelte';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { add, cart, count, rum, tea, write } from '../views/cart.js';
import { changeable } from './changeable.svelte.js';
import Provider from './Provider.svelte';
import Selection from './Selection.svelte';
import Slice from './Slice.svelte';
import Store from './Store.svelte';
import Value from './Value.svelte';

await loadEngine();

const mounted: object[] = [];
afterEach(async () => {
  for (const each of mounted.splice(0)) await unmount(each);
});

const join = (name: string = crypto.randomUUID()) =>
  joinSharedStore({ app: 'remote', name, slices: [cart] });

function show(given: StoreSource | undefined, inner: Component, more: object = {}) {
  const target = document.createElement('div');
  const props = changeable({ given, inner, ...more });
  const component = mount(Provider, { target, props });
  mounted.push(component);
  flushSync();
  const text = () => {
    flushSync();
    return target.textContent?.trim();
  };
  return { target, props, text, component };
}

const usage = (store: SharedStore) => {
  const { watchers, listeners, leases } = store.inspect();
  return { watchers, listeners, leases };
};

describe('useSharedValue', () => {
  it('shows what a pick leads to, and is read again only for that', () => {
    const membership = join();
    const onRender = vi.fn();
    const { text } = show(membership, Value, { onRender });
    membership.store.dispatch(add(tea));
    expect(text()).toBe('1 tea');
    membership.store.dispatch(count());
    membership.store.dispatch(write('other'));
    flushSync();
    expect(onRender.mock.calls).toEqual([[undefined], [1]]);
    membership.leave();
  });

  it('follows a path and a pick that read props, and nothing once it is gone', async () => {
    const { store, leave } = join();
    store.dispatch(add(tea));
    store.dispatch(add(rum));
    const { text, props, component } = show(store, Value, { index: 0 });
    expect(text()).toBe('1 tea');
    Object.assign(props, { index: 1 });
    expect(text()).toBe('2 rum');
    await vi.waitFor(() => expect(usage(store).watchers).toBe(2)); // those of the places before are gone
    await unmount(component);
    mounted.pop();
    await vi.waitFor(() => expect(usage(store)).toMatchObject({ watchers: 0, listeners: 0 }));
    leave();
  });

  it('is a Svelte store, too', () => {
    const { store, leave } = join();
    const { text } = show(store, Store);
    expect(text()).toBe('none');
    store.dispatch(write('hello'));
    expect(text()).toBe('hello');
    leave();
  });

  it('works outside of components, on the store of the page', () => {
    const host = joinSharedStore({ app: 'host', slices: [cart] });
    const seen: unknown[] = [];
    const shown = useSharedValue(cart, (state) => state.count);
    const stop = shown.subscribe((value) => void seen.push(value));
    host.store.dispatch(count());
    host.store.dispatch(write('other'));
    stop();
    host.store.dispatch(count());
    expect(seen).toEqual([0, 1]);
    expect(shown.current).toBe(2);
    expect(usage(host.store).watchers).toBe(0);
    host.leave();
  });

  it('names what is wrong with a pick that computes', () => {
    const host = joinSharedStore({ app: 'host', slices: [cart] });
    const wrong = useSharedValue(cart, (state) => state.items.length > 0);
    expect(() => wrong.current).toThrow(/a pick only follows properties/);
    host.leave();
  });
});

describe('useSharedSelector', () => {
  it('runs again for the slices that it reads and for props, and keeps equal results', async () => {
    const { store, leave } = join();
    const [onRender, onRun] = [vi.fn(), vi.fn()];
    const { text, props, component } = show(store, Selection, { factor: 1, onRender, onRun });
    store.dispatch(add(rum));
    expect(text()).toBe('2');
    Object.assign(props, { factor: 10 });
    expect(text()).toBe('20');
    const runs = onRun.mock.calls.length;
    const other = joinSharedStore({ app: 'x', name: store.name });
    other.inject({ key: 'x', reducer: () => 1 });
    flushSync();
    expect(onRun).toHaveBeenCalledTimes(runs); // another slice
    store.dispatch(write('other'));
    flushSync();
    expect(onRender.mock.calls).toEqual([[[0]], [[2]], [[20]]]);
    await unmount(component);
    mounted.pop();
    other.leave();
    leave();
  });

  it('says what it takes', () => {
    const host = joinSharedStore({ app: 'host' });
    expect(() => useSharedSelector('cart' as never)).toThrow(
      /useSharedSelector takes a function .* useSharedValue a path; it was given string/,
    );
    host.leave();
  });
});

describe('the lives of components', () => {
  it('joins with the component and leaves with it', async () => {
    const name = crypto.randomUUID();
    const host = joinSharedStore({ app: 'host', name });
    const given = () => join(name);
    const { component, target, text } = show(given, Slice);
    expect(text()).toBe('0 true');
    target.querySelector('button')!.click();
    expect(text()).toBe('1 true');
    expect(host.store.inspect().slices).toMatchObject([
      { key: 'cart', owner: 'remote', leases: 2 },
    ]);
    await unmount(component);
    mounted.pop();
    await vi.waitFor(() => expect(host.store.inspect().slices).toEqual([]));
    expect(usage(host.store)).toEqual({ watchers: 0, listeners: 0, leases: 0 });
    host.leave();
  });

  it('injects a slice until the component goes, and gives what was provided to the one that provides', async () => {
    const membership = joinSharedStore({ app: 'remote', name: crypto.randomUUID() });
    const onStore = vi.fn();
    const { props, text } = show(membership, Slice, { isShown: true, onStore });
    expect(onStore).toHaveBeenCalledWith(membership.store);
    expect(text()).toBe('0 true');
    Object.assign(props, { isShown: false });
    flushSync();
    await vi.waitFor(() => expect(membership.store.inspect().slices).toEqual([]));
    expect(usage(membership.store)).toEqual({ watchers: 0, listeners: 0, leases: 0 });
    membership.leave();
  });

  it('says what provideSharedStore takes', () => {
    expect(() => show('cart' as never, Slice)).toThrow(
      /provideSharedStore takes a store, a membership, or a function/,
    );
  });
});
