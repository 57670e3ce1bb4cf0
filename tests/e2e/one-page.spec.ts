import { expect, test } from './fixtures.js';

declare global {
  var instances: number;
}

/** Counts the wasm instances that any script of the page makes. */
function countInstances() {
  globalThis.instances = 0;
  for (const name of ['instantiate', 'instantiateStreaming', 'Instance'] as const) {
    const real = WebAssembly[name];
    const counted = new Proxy(real, {
      apply: (target, self, args) => settle(Reflect.apply(target as () => unknown, self, args)),
      construct: (target, args) => {
        instances += 1;
        return Reflect.construct(target, args) as object;
      },
    });
    Object.defineProperty(WebAssembly, name, { value: counted });
  }

  // An attempt that fails, such as streaming with a wrong MIME type, is no instance.
  function settle(result: unknown) {
    const counted = Promise.resolve(result).then(() => void (instances += 1));
    counted.catch(() => undefined);
    return result;
  }
}

test('three origins run one engine, of two files, and one store', async ({ openTab, demo }) => {
  const tab = await openTab({ initScript: countInstances });
  expect(new Set(Object.values(demo.urls)).size).toBe(3);
  await expect.poll(() => tab.page.evaluate(() => instances)).toBe(2);
  const { host, cart, profile } = await tab.page.evaluate(() => isthmusDemo.mfIds);
  expect(host).toMatch(/\S{8,}/);
  expect([cart, profile]).toEqual([host, host]);
});

test('the page knows one copy of the package, and no path of the machine that built it', async ({
  openTab,
  demo,
}) => {
  const { copies, engines } = await (await openTab()).inspect();
  expect(engines).toBe(1);
  expect(copies).toHaveLength(1);
  expect(copies[0]).toMatchObject({ active: true });
  expect(copies[0]?.url).toContain(demo.urls.host);
});

test('two tabs have a store each', async ({ openTab }) => {
  const ids = [];
  for (const tab of [await openTab(), await openTab()]) ids.push((await tab.inspect()).mfId);
  expect(new Set(ids).size).toBe(2);
});
