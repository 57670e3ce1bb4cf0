import type { Browser, Page } from '@playwright/test';
import type { SharedStore } from 'isthmus';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { BuiltPage, installed, launch } from './built-page.js';

/** What pages/single-spa.js offers; each app adds 1 to its count when it is mounted. */
interface SingleSpaPage {
  store: SharedStore;
  teardowns: string[];
  mount(app: string): Promise<void>;
  unmount(app: string): Promise<void>;
}

let browser: Browser;
let built: BuiltPage;
let opened: Page;
beforeAll(async () => {
  built = await BuiltPage.build('single-spa', [installed]);
  browser = await launch();
});
afterAll(() => browser?.close());
beforeEach(async () => {
  opened = await built.open(browser);
});
afterEach(() => opened.close());

const on = <Arg, Result>(
  run: (page: SingleSpaPage, arg: Arg) => Result | Promise<Result>,
  arg: Arg,
): Promise<Result> =>
  opened.evaluate(`(${run.toString()})(globalThis.page, ${JSON.stringify(arg) ?? 'undefined'})`);
const mount = (app: string) => on((page, name) => page.mount(name), app);
const unmount = (app: string) => on((page, name) => page.unmount(name), app);
const count = (app: string) => on(({ store }, name) => store.read([name, 'count']), app);
const teardowns = () => on((page) => page.teardowns, null);
/** All that the store counts, but for the engine and the copies of the package. */
const inspect = () =>
  on(({ store }) => {
    const { slices, leases, watchers, listeners, middleware, channels } = store.inspect();
    return { slices, leases, watchers, listeners, middleware, channels };
  }, null);

it('mounted and unmounted twice, an app finds a fresh slice each time and leaves nothing', async () => {
  const before = await inspect();
  for (const times of [1, 2]) {
    await mount('brief');
    await expect.poll(() => opened.locator('#brief').textContent()).toBe('1');
    expect(await inspect()).toMatchObject({ leases: 1, slices: [{ key: 'brief' }] });
    await unmount('brief');
    await expect.poll(inspect).toEqual(before);
    expect(await teardowns()).toHaveLength(times);
  }
});

it('with keepFor the state waits for the app to come back, and then goes for good', async () => {
  const before = await inspect();
  await mount('kept');
  await unmount('kept');
  expect(await count('kept')).toBe(1);
  await mount('kept');
  await expect.poll(() => opened.locator('#kept').textContent()).toBe('2');
  await opened.waitForTimeout(1200); // longer than keepFor: the first leave ends nothing
  expect([await count('kept'), await teardowns()]).toEqual([2, []]);
  await unmount('kept');
  expect(await count('kept')).toBe(2);
  await expect.poll(inspect).toEqual(before);
  expect(await teardowns()).toEqual(['kept/teardown']);
  await mount('kept');
  expect(await count('kept')).toBe(1);
});

it("with keepFor: 'page' the slice stays, and all else is given back", async () => {
  const before = await inspect();
  for (const times of [1, 2]) {
    await mount('page');
    await expect.poll(() => opened.locator('#page').textContent()).toBe(String(times));
    await unmount('page');
  }
  const { slices, ...others } = await inspect();
  expect(slices).toMatchObject([{ key: 'page' }]);
  expect({ ...others, slices: [] }).toEqual(before);
  expect([await count('page'), await teardowns()]).toEqual([2, []]);
});

it('two apps that are mounted at once come and go apart', async () => {
  const before = await inspect();
  await mount('brief');
  await mount('kept');
  await unmount('brief');
  await expect.poll(() => count('brief')).toBeUndefined();
  expect([await count('kept'), await teardowns()]).toEqual([1, ['brief/teardown']]);
  await unmount('kept');
  await expect.poll(inspect).toEqual(before);
});
