import { createIsolatedStore, joinSharedStore, loadEngine, type SharedStore } from 'isthmus';
import {
  provideSharedStore,
  useReady,
  useSharedDispatch,
  useSharedSelector,
  useSharedStore,
  useSharedValue,
  useSlice,
  type StoreSource,
} from 'isthmus/vue';
import { afterEach, describe, expect, it, vi } from 'vitest';
import {
  createApp,
  defineComponent,
  effectScope,
  h,
  nextTick,
  onErrorCaptured,
  ref,
  shallowRef,
  type App,
} from 'vue';
import { add, cart, count, rum, tea, total, write, type State } from '../views/cart.js';

await loadEngine();

const apps: App[] = [];
afterEach(() => {
  for (const app of apps.splice(0)) app.unmount();
});

const join = (name: string = crypto.randomUUID()) =>
  joinSharedStore({ app: 'remote', name, slices: [cart] });

/** Mounts a component, with a counter of its renders, below one that provides what is given. */
function mount(given: StoreSource | undefined, setup: () => () => unknown) {
  const element = document.createElement('div');
  const renders = { count: 0 };
  const errors: unknown[] = [];
  const Inner = defineComponent(() => {
    const text = setup();
    return () => {
      renders.count += 1;
      return h('b', String(text()));
    };
  });
  const app = createApp(() => h(Outer));
  const Outer = defineComponent(() => {
    onErrorCaptured((error) => {
      errors.push(error);
      return false;
    });
    if (given !== undefined) provideSharedStore(given);
    return () => h(Inner);
  });
  app.config.warnHandler = () => undefined; // a component whose setup throws has no render function
  app.config.errorHandler = (error) => void errors.push(error);
  app.mount(element);
  apps.push(app);
  return { element, renders, errors, app };
}

const usage = (store: SharedStore) => {
  const { watchers, listeners, leases } = store.inspect();
  return { watchers, listeners, leases };
};

describe('useSharedValue', () => {
  it('shows what a pick leads to, and renders only for that', async () => {
    const membership = join();
    const { element, renders } = mount(membership, () => {
      const qty = useSharedValue(cart, (state) => state.items[0]?.qty);
      return () => qty.value;
    });
    expect(element.textContent).toBe('undefined');
    membership.store.dispatch(add(tea));
    await nextTick();
    expect(element.textContent).toBe('1');
    membership.store.dispatch(count());
    membership.store.dispatch(write('other'));
    await nextTick();
    expect(renders.count).toBe(2);
    membership.leave();
  });

  it('follows a path and a pick that read what is reactive', async () => {
    const { store, leave } = join();
    store.dispatch(add(tea));
    store.dispatch(add(rum));
    const index = ref(0);
    const { element, app } = mount(store, () => {
      const sku = useSharedValue(() => ['cart', 'items', index.value, 'sku']);
      const qty = useSharedValue(cart, (state) => state.items[index.value]?.qty);
      return () => `${String(sku.value)} ${qty.value}`;
    });
    expect(element.textContent).toBe('tea 1');
    index.value = 1;
    await nextTick();
    expect(element.textContent).toBe('rum 2');
    expect(usage(store).watchers).toBe(2); // those of the places before are gone
    app.unmount();
    expect(usage(store)).toMatchObject({ watchers: 0, listeners: 0 });
    leave();
  });

  it('is never older than the store, whatever is flushed when', () => {
    const { store, leave } = join();
    mount(store, () => {
      const shown = useSharedValue(cart, (state) => state.count);
      store.dispatch(count());
      expect(shown.value).toBe(1);
      return () => shown.value;
    });
    leave();
  });

  it('names what is wrong with a pick that computes, in the component that has it', () => {
    const { store, leave } = join();
    const { errors } = mount(store, () => {
      const value = useSharedValue(cart, (state) => state.items.length > 0);
      return () => value.value;
    });
    expect(errors[0]).toMatchObject({ code: 'invalid-argument' });
    leave();
  });
});

describe('useSharedSelector', () => {
  it('runs again for the slices that it reads, and for what is reactive', async () => {
    const { store, leave } = join();
    const runs = vi.fn();
    const factor = ref(1);
    const { element, renders } = mount(store, () => {
      const shown = useSharedSelector((state: State) => {
        runs();
        return total(state) * factor.value;
      });
      return () => shown.value;
    });
    store.dispatch(add(rum));
    await nextTick();
    expect(element.textContent).toBe('2');
    factor.value = 10;
    await nextTick();
    expect(element.textContent).toBe('20');
    const before = { runs: runs.mock.calls.length, renders: renders.count };
    const lease = joinSharedStore({ app: 'x', name: store.name }).inject({
      key: 'x',
      reducer: () => 1,
    });
    await nextTick();
    expect(runs).toHaveBeenCalledTimes(before.runs); // another slice
    store.dispatch(write('other'));
    await nextTick();
    expect(renders.count).toBe(before.renders); // the same result
    lease.dispose();
    leave();
  });

  it('keeps a result that the comparison calls equal', async () => {
    const { store, leave } = join();
    const seen = new Set<unknown>();
    mount(store, () => {
      const skus = useSharedSelector(
        (state: State) => [total(state)],
        ([a], [b]) => a === b,
      );
      return () => seen.add(skus.value).size;
    });
    store.dispatch(write('other'));
    await nextTick();
    expect(seen.size).toBe(1);
    leave();
  });

  it('says what it takes', () => {
    const { store, leave } = join();
    const { errors } = mount(store, () => {
      useSharedSelector('cart' as never);
      return () => '';
    });
    expect(String(errors[0])).toMatch(
      /useSharedSelector takes a function .* useSharedValue a path; it was given string/,
    );
    leave();
  });
});

describe('the lives of components', () => {
  it('joins with the component and leaves with it', async () => {
    const name = crypto.randomUUID();
    const host = joinSharedStore({ app: 'host', name });
    const { element, app } = mount(
      () => join(name),
      () => {
        const shown = useSharedValue(cart, (state) => state.count);
        const dispatch = useSharedDispatch();
        dispatch(count());
        return () => shown.value;
      },
    );
    expect(element.textContent).toBe('1');
    expect(host.store.inspect().slices).toMatchObject([{ key: 'cart', owner: 'remote' }]);
    app.unmount();
    await vi.waitFor(() => expect(host.store.inspect().slices).toEqual([]));
    expect(usage(host.store)).toEqual({ watchers: 0, listeners: 0, leases: 0 });
    host.leave();
  });

  it('injects a slice until the component goes', async () => {
    const membership = joinSharedStore({ app: 'remote', name: crypto.randomUUID() });
    const isThere = shallowRef(true);
    const Cart = defineComponent(() => {
      const state = useSlice(cart);
      const isReady = useReady('cart');
      return () => h('i', `${state.value.count} ${isReady.value}`);
    });
    const element = document.createElement('div');
    const app = createApp(
      defineComponent(() => {
        provideSharedStore(membership);
        return () => (isThere.value ? h(Cart) : h('p'));
      }),
    );
    app.mount(element);
    apps.push(app);
    expect(element.textContent).toBe('0 true');
    isThere.value = false;
    await vi.waitFor(() => expect(membership.store.inspect().slices).toEqual([]));
    expect(usage(membership.store)).toEqual({ watchers: 0, listeners: 0, leases: 0 });
    membership.leave();
  });

  it('uses the page’s store where nothing is provided, in a scope of its own, too', () => {
    const host = joinSharedStore({ app: 'host', slices: [cart] });
    const scope = effectScope();
    const shown = scope.run(() => useSharedValue(cart, (state) => state.count))!;
    host.store.dispatch(count());
    expect(shown.value).toBe(1);
    scope.stop();
    expect(usage(host.store)).toMatchObject({ watchers: 0 });
    host.leave();
  });

  it('gives the component that provides a store that very store', () => {
    const own = createIsolatedStore({ name: 'own' });
    let used: SharedStore | undefined;
    const app = createApp(
      defineComponent(() => {
        provideSharedStore(own);
        used = useSharedStore();
        return () => h('i');
      }),
    );
    app.mount(document.createElement('div'));
    apps.push(app);
    expect(used).toBe(own);
  });

  it('says what provideSharedStore takes', () => {
    const { errors } = mount('cart' as never, () => () => '');
    expect(String(errors[0])).toMatch(
      /provideSharedStore takes a store, a membership, or a function/,
    );
  });
});
