import { test as base, expect, type Page } from '@playwright/test';
import { serveDemo } from '../../webpack/demo/serve.mjs';
import { CopiesSite, type Host } from './copies-site.js';

base.describe.configure({ mode: 'default' }); // one worker, since it builds

const test = base.extend<object, { site: CopiesSite }>({
  site: [
    // eslint-disable-next-line no-empty-pattern -- Playwright reads the pattern to find fixtures
    async ({}, provide) => {
      const built = await CopiesSite.build();
      await provide(built);
      built.close();
    },
    { scope: 'worker', timeout: 180_000 },
  ],
});

/** A host's page, and all that it tells the console. */
async function openHost(page: Page, built: CopiesSite, host: Host) {
  const told: string[] = [];
  page.on('console', (message) => told.push(message.text()));
  page.on('pageerror', ({ message }) => expect.soft(message).toBe('no error'));
  await page.goto(built.origin(host));
  return {
    told,
    openHost: () => page.evaluate(() => site.openHost()),
    openRemote: (name: string) =>
      page.evaluate(([url, container]) => site.openRemote(url, container), [
        `${built.origin(name)}/entry.js`,
        name,
      ] as const),
  };
}

/** Both apps have one store, and see what either of them does. */
async function checkOneStore(page: Page): Promise<void> {
  const seen = await page.evaluate(() => {
    const { host, remote } = site.apps;
    host!.add();
    remote!.add();
    const ids = [host!, remote!].map((app) => app.storeId());
    return { ids, states: [host!.state(), remote!.state()] };
  });
  expect(seen.ids[0]).toBe(seen.ids[1]);
  const agreed = { host: 2, remote: 2 };
  expect(seen.states).toEqual([agreed, agreed]);
}

const copiesOf = (page: Page) => page.evaluate(() => site.apps.host!.copies());
const duplicatesOf = (page: Page) => page.evaluate(() => site.apps.host!.duplicates());

const culprits = [
  { name: 'unshared', what: 'without the shared entry', version: '0.3.1', host: 'host' },
  { name: 'relative', what: 'with a relative import', version: '0.1.0', host: 'host' },
  { name: 'newer', what: 'with a newer minor of its own', version: '0.4.0', host: 'host' },
  { name: 'older', what: 'with an older patch of its own', version: '0.3.0', host: 'host' },
  { name: 'unshared', what: 'that shares nothing', version: '0.3.1', host: 'eager' },
  { name: 'shared', what: 'that shares', version: '0.3.1', host: 'iife' },
  { name: 'shared', what: 'that shares', version: '0.3.1', host: 'classic' },
] as const;

const hostNames = {
  host: 'a host',
  eager: 'an eager host',
  iife: 'a host that is one classic script',
  classic: 'a host built by webpack without federation',
};

for (const { name, what, version, host } of culprits) {
  test(`${hostNames[host]} and a remote ${what} have one store, and the console names the remote's copy`, async ({
    page,
    site: built,
  }) => {
    const { told, openHost: open, openRemote } = await openHost(page, built, host);
    await open();
    expect(told).toEqual([]);
    await openRemote(name);
    await checkOneStore(page);

    const [inUse, copy] = await copiesOf(page);
    const urls = [built.origin(host), built.origin(name)].map((origin) => `${origin}/`);
    expect(inUse).toMatchObject({ version: '0.3.1', active: true });
    expect(copy).toMatchObject({ version, active: false });
    expect([inUse!.url.startsWith(urls[0]!), copy!.url.startsWith(urls[1]!)]).toEqual([true, true]);
    expect(copy!.stack).toContain(urls[1]);
    expect(inUse!.shareScope).toBe(
      { host: 'default: 0.3.1 of host', eager: 'default: 0.3.1 of eager' }[host as string],
    );
    const warned = told.filter((text) => text.startsWith('isthmus:'));
    expect(warned).toHaveLength(1);
    expect(warned[0]).toContain(`isthmus ${version} (${copy!.url}`);
    expect(warned[0]).toContain(`isthmus 0.3.1 (${inUse!.url}`);
    const duplicates = await duplicatesOf(page);
    expect(duplicates).toMatchObject([{ reason: 'duplicate', copy: { version } }]);
    expect(warned[0]).toContain(duplicates[0]!.message);
  });
}

test('a host and a remote with copies of their own that load at once have one engine and one store', async ({
  page,
  site: built,
}) => {
  await openHost(page, built, 'host');
  await page.evaluate(
    (url) => Promise.all([site.openHost(), site.openRemote(url, 'newer')]),
    `${built.origin('newer')}/entry.js`,
  );
  await checkOneStore(page);
  expect(await page.evaluate(() => site.apps.remote!.engines())).toBe(1);
  expect(await copiesOf(page)).toHaveLength(2);
});

for (const host of ['host', 'eager'] as const) {
  test(`${hostNames[host]} and a remote that shares have one copy, and nothing is told`, async ({
    page,
    site: built,
  }) => {
    const { told, openHost: open, openRemote } = await openHost(page, built, host);
    await open();
    await openRemote('shared');
    await checkOneStore(page);
    expect(await copiesOf(page)).toMatchObject([{ version: '0.3.1', active: true }]);
    expect(await duplicatesOf(page)).toEqual([]);
    expect(told).toEqual([]);
  });
}

for (const { first, version, required } of [
  { first: 'host', version: '0.3.1 from host', required: '~0.4.0' },
  { first: 'remote', version: '0.4.0 from newerShared', required: '~0.3.0' },
]) {
  test(`a host and a remote that shares a newer minor have one copy, of the ${first} that comes first, and the console names it`, async ({
    page,
    site: built,
  }) => {
    const { told, openHost: open, openRemote } = await openHost(page, built, 'host');
    if (first === 'host') await open();
    await openRemote('newerShared');
    if (first === 'remote') await open();
    await checkOneStore(page);
    const [copy, ...others] = await copiesOf(page);
    expect(others).toEqual([]);
    expect(copy).toMatchObject({ version: version.split(' ')[0], active: true });
    expect(copy!.url).toContain(built.origin(version.split(' ')[2]!));
    expect(told).toEqual([
      `Unsatisfied version ${version} of shared singleton module isthmus (required ${required})`,
    ]);
  });
}

test('a remote of another protocol fails with an error that names both, and the host stays up', async ({
  page,
  site: built,
}) => {
  const { told, openHost: open, openRemote } = await openHost(page, built, 'host');
  await open();
  await openRemote('other');
  const shown = await page.textContent('body');
  expect(shown).toMatch(/^remote failed: IsthmusError protocol: isthmus 1\.0\.0 \(http/);
  expect(shown).toContain(`isthmus 0.3.1 (${built.origin('host')}/`);
  expect(shown).toContain(`rebuild the app of ${built.origin('other')}/`);
  expect(told.filter((text) => text.startsWith('isthmus: isthmus 1.0.0'))).toHaveLength(1);
  expect(await duplicatesOf(page)).toMatchObject([{ reason: 'protocol', copy: { protocol: 2 } }]);

  await openRemote('unshared');
  await checkOneStore(page);
});

test('the host stays up although a remote of another protocol came first and is in use', async ({
  page,
  site: built,
}) => {
  const { told, openHost: open, openRemote } = await openHost(page, built, 'host');
  await openRemote('other');
  await open();
  expect(await page.textContent('body')).toBe('');
  const states = await page.evaluate(() => {
    const { host, remote } = site.apps;
    host!.add();
    return [host!.state(), remote!.state()];
  });
  expect(states).toEqual([{ host: 1 }, { remote: 0 }]);
  const conflict = told.filter((text) => text.startsWith('isthmus: isthmus 0.3.1'));
  expect(conflict).toHaveLength(1);
  expect(conflict[0]).toContain(`rebuild the app of ${built.origin('other')}/`);
});

base.describe('the demo', () => {
  async function openDemo(page: Page, built: CopiesSite, cart: string) {
    const ports = { host: 0, cart: 0, profile: 0 };
    const demo = await serveDemo({ ports, cart: built.origin(cart) });
    await page.goto(`${demo.urls.host}/?restore=0`);
    await page.getByTestId('display-name').waitFor();
    return demo;
  }

  test('names the remote that brought a copy of its own in its panel, and what to do', async ({
    page,
    site: built,
  }) => {
    const demo = await openDemo(page, built, 'demoCart');
    await expect(page.getByTestId('slot-cart')).toHaveText('A cart of its own build');
    const panel = page.getByTestId('copies');
    await expect(panel).toContainText('2 of isthmus, 1 wasm');
    const duplicate = page.getByTestId('duplicate');
    await expect(duplicate).toContainText(/duplicate.*0\.4\.0/);
    await expect(duplicate).toContainText(`${built.origin('demoCart')}/`);
    await expect(duplicate).toContainText("share 'isthmus' as a singleton");
    const { host, cart, profile } = await page.evaluate(() => isthmusDemo.mfIds);
    expect([cart, profile]).toEqual([host, host]);
    await demo.close();
  });

  test('stays up and shows the error of a remote of another protocol', async ({
    page,
    site: built,
  }) => {
    const demo = await openDemo(page, built, 'demoCartOther');
    const failure = page.getByTestId('remote-cart').locator('.failure');
    await expect(failure).toContainText(`rebuild the app of ${built.origin('demoCartOther')}/`);
    const duplicate = page.getByTestId('duplicate');
    await expect(duplicate).toContainText(/refused.*1\.0\.0/);
    await page.getByTestId('login').click();
    await expect(page.getByTestId('user')).toHaveText('Ada Lovelace');
    await demo.close();
  });
});
