import { joinSharedStore, loadEngine } from 'isthmus';
import { provideSharedStore, useReady, useSharedValue, type StoreSource } from 'isthmus/vue';
import { expect, it } from 'vitest';
import { createSSRApp, defineComponent, h } from 'vue';
import { renderToString } from 'vue/server-renderer';
import { add, cart, tea } from '../views/cart.js';

await loadEngine();

const Item = defineComponent(() => {
  const sku = useSharedValue(cart, (state) => state.items[0]?.sku);
  const isReady = useReady('cart');
  return () => h('b', `${sku.value} ${isReady.value}`);
});

const render = (given: StoreSource) =>
  renderToString(
    createSSRApp(
      defineComponent(() => {
        provideSharedStore(given);
        return () => h(Item);
      }),
    ),
  );

it('a server renders the state of the request, and nothing is left of it', async () => {
  const requests = Array.from({ length: 20 }, async (_, i) => {
    const membership = joinSharedStore({ app: 'page', slices: [cart] });
    membership.store.dispatch(add({ ...tea, sku: `tea ${i}` }));
    expect(await render(membership)).toBe(`<b>tea ${i} true</b>`);
    expect(membership.store.inspect()).toMatchObject({ watchers: 0, listeners: 0, leases: 1 });
    membership.leave();
  });
  await Promise.all(requests);
});

it('a component cannot join there, since nobody would leave', async () => {
  const join = () => joinSharedStore({ app: 'page', slices: [cart] });
  const app = createSSRApp(
    defineComponent(() => {
      provideSharedStore(join);
      return () => h(Item);
    }),
  );
  const errors: unknown[] = [];
  app.config.errorHandler = (error) => void errors.push(error);
  app.config.warnHandler = () => undefined;
  await renderToString(app).catch((error: unknown) => errors.push(error));
  expect(String(errors[0])).toMatch(/cannot join on a server.*request's membership/);
});
