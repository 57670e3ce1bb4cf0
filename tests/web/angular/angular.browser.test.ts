// Templates are compiled while the page runs; the matrix compiles them ahead, with Angular's own builder.
import '@angular/compiler';
import {
  Component,
  createComponent,
  provideZonelessChangeDetection,
  signal,
  type ApplicationRef,
  type EnvironmentProviders,
  type Provider,
  type Type,
} from '@angular/core';
import { createApplication } from '@angular/platform-browser';
import { joinSharedStore, type SharedStore } from 'isthmus';
import {
  injectReady,
  injectSharedDispatch,
  injectSharedSelector,
  injectSharedStore,
  injectSharedValue,
  injectSlice,
  provideIsthmus,
  provideSharedStore,
} from 'isthmus/angular';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { add, cart, count, rum, tea, total, write, type State } from '../views/cart.js';

const apps: ApplicationRef[] = [];
afterEach(() => {
  for (const app of apps.splice(0)) app.destroy();
});

const join = (name: string = crypto.randomUUID()) =>
  joinSharedStore({ app: 'remote', name, slices: [cart] });

let components = 0;

/** A component that counts how often its template is read. */
function component<Fields extends object>(
  fields: () => Fields & { text(): unknown },
  providers: Provider[] = [],
): Type<Fields> & { renders: number } {
  class Shown {
    static renders = 0;
    readonly #fields = fields();

    get text(): string {
      Shown.renders += 1;
      return String(this.#fields.text());
    }
  }
  components += 1;
  Component({ selector: `app-shown-${components}`, template: '{{ text }}', providers })(Shown);
  return Shown as never;
}

async function show(type: Type<unknown>, ...providers: (Provider | EnvironmentProviders)[]) {
  const app = await createApplication({
    providers: [provideZonelessChangeDetection(), ...providers],
  });
  apps.push(app);
  const hostElement = document.createElement('div');
  const view = createComponent(type, { environmentInjector: app.injector, hostElement });
  app.attachView(view.hostView);
  const text = async () => {
    await app.whenStable();
    return hostElement.textContent;
  };
  return { app, text, destroy: () => view.destroy() };
}

const usage = (store: SharedStore) => {
  const { watchers, listeners, leases } = store.inspect();
  return { watchers, listeners, leases };
};

// The first application loads the engine.
it('loads the engine, joins before the app starts, and leaves when it ends', async () => {
  let joined: SharedStore | undefined;
  const given = () => {
    const membership = join();
    joined = membership.store;
    return membership;
  };
  const app = await createApplication({
    providers: [provideZonelessChangeDetection(), provideIsthmus(given)],
  });
  expect(joined?.inspect().slices).toMatchObject([{ key: 'cart', owner: 'remote' }]);
  app.destroy();
  await vi.waitFor(() => expect(joined?.inspect().slices).toEqual([]));
});

describe('injectSharedValue', () => {
  it('shows what a pick leads to, and renders only for that', async () => {
    const membership = join();
    const type = component(() => ({
      text: injectSharedValue(cart, (state) => state.items[0]?.qty),
    }));
    const { text } = await show(type, provideSharedStore(membership));
    expect(await text()).toBe('undefined');
    membership.store.dispatch(add(tea));
    expect(await text()).toBe('1');
    const { renders } = type;
    membership.store.dispatch(count());
    membership.store.dispatch(write('other'));
    await text();
    expect(type.renders).toBe(renders);
    membership.leave();
  });

  it('follows a path and a pick that read signals, and nothing once it is destroyed', async () => {
    const { store, leave } = join();
    store.dispatch(add(tea));
    store.dispatch(add(rum));
    const index = signal(0);
    const type = component(() => {
      const sku = injectSharedValue(() => ['cart', 'items', index(), 'sku']);
      const qty = injectSharedValue(cart, (state) => state.items[index()]?.qty);
      return { text: () => `${String(sku())} ${qty()}` };
    });
    const { text, destroy } = await show(type, provideSharedStore(store));
    expect(await text()).toBe('tea 1');
    index.set(1);
    expect(await text()).toBe('rum 2');
    expect(usage(store).watchers).toBe(2); // those of the places before are gone
    destroy();
    expect(usage(store)).toMatchObject({ watchers: 0, listeners: 0 });
    leave();
  });

  it('names what is wrong with a pick that computes', async () => {
    const { store, leave } = join();
    let value: (() => unknown) | undefined;
    const type = component(() => {
      value = injectSharedValue(cart, (state) => state.items.length > 0);
      return { text: () => '' };
    });
    await show(type, provideSharedStore(store));
    expect(() => value?.()).toThrow(/a pick only follows properties/);
    leave();
  });
});

describe('injectSharedSelector', () => {
  it('runs again for the slices that it reads and for signals, and keeps equal results', async () => {
    const { store, leave } = join();
    const [runs, seen] = [vi.fn(), new Set<unknown>()];
    const factor = signal(1);
    const type = component(() => {
      const selected = injectSharedSelector(
        (state: State) => {
          runs();
          return [total(state) * factor()];
        },
        ([a], [b]) => a === b,
      );
      return { text: () => seen.add(selected()) && selected()[0] };
    });
    const { text } = await show(type, provideSharedStore(store));
    store.dispatch(add(rum));
    expect(await text()).toBe('2');
    factor.set(10);
    expect(await text()).toBe('20');
    const before = runs.mock.calls.length;
    const other = joinSharedStore({ app: 'x', name: store.name });
    other.inject({ key: 'x', reducer: () => 1 });
    await text();
    expect(runs).toHaveBeenCalledTimes(before); // another slice
    store.dispatch(write('other'));
    await text();
    expect([...seen]).toEqual([[2], [20]]);
    other.leave();
    leave();
  });

  it('says what it takes', async () => {
    const { store, leave } = join();
    const type = component(() => ({ text: injectSharedSelector('cart' as never) }));
    await expect(show(type, provideSharedStore(store))).rejects.toThrow(
      /injectSharedSelector takes a function .* injectSharedValue a path; it was given string/,
    );
    leave();
  });
});

describe('the lives of components', () => {
  it('joins with the component and leaves with it', async () => {
    const name = crypto.randomUUID();
    const host = joinSharedStore({ app: 'host', name });
    const type = component(() => {
      const shown = injectSharedValue(cart, (state) => state.count);
      injectSharedDispatch()(count());
      return { text: shown };
    }, [provideSharedStore(() => join(name))]);
    const { text, destroy } = await show(type);
    expect(await text()).toBe('1');
    expect(host.store.inspect().slices).toMatchObject([{ key: 'cart', owner: 'remote' }]);
    destroy();
    await vi.waitFor(() => expect(host.store.inspect().slices).toEqual([]));
    expect(usage(host.store)).toEqual({ watchers: 0, listeners: 0, leases: 0 });
    host.leave();
  });

  it('injects a slice until the component goes', async () => {
    const membership = joinSharedStore({ app: 'remote', name: crypto.randomUUID() });
    const type = component(() => {
      const [state, isReady] = [injectSlice(cart), injectReady('cart')];
      return { text: () => `${state().count} ${isReady()}` };
    });
    const { text, destroy } = await show(type, provideSharedStore(membership));
    expect(await text()).toBe('0 true');
    destroy();
    await vi.waitFor(() => expect(membership.store.inspect().slices).toEqual([]));
    expect(usage(membership.store)).toEqual({ watchers: 0, listeners: 0, leases: 0 });
    membership.leave();
  });

  it('uses the page’s store where nothing is provided', async () => {
    const host = joinSharedStore({ app: 'host', slices: [cart] });
    let used: SharedStore | undefined;
    const type = component(() => {
      used = injectSharedStore();
      return { text: () => '' };
    });
    await show(type, provideIsthmus());
    expect(used).toBe(host.store);
    host.leave();
  });

  it('says what provideSharedStore takes', async () => {
    const type = component(() => ({ text: injectSharedValue(['a']) }));
    await expect(show(type, provideSharedStore('cart' as never))).rejects.toThrow(
      /provideSharedStore takes a store, a membership, or a function/,
    );
  });
});
