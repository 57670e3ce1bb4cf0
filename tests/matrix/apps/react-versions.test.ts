import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Browser, Page } from '@playwright/test';
import type { Action, SharedStore } from 'isthmus';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BuiltPage, installed, installedInProject, launch } from './built-page.js';

declare global {
  /** What pages/react-hooks.js offers. */
  var page: {
    store: SharedStore;
    root: { unmount(): void };
    errors: string[];
    visit: { actions: { add(): Action } };
    version: string;
    hasUse: boolean;
  };
}

const packages = ['react', 'react-dom', 'react-redux', 'scheduler'];

// The folder of these tests has React 18, the project has 19; isthmus is in the former only.
describe.each([
  { version: '18.3.1', folders: [installed], hasUse: false },
  { version: '19.3.1', folders: [installedInProject, installed], hasUse: true },
])('with React $version and no other', ({ version, folders, hasUse }) => {
  let browser: Browser;
  let built: BuiltPage;
  let opened: Page;
  const text = (id: string) => opened.locator(`#${id}`).textContent();
  const click = (id: string) => opened.locator(`#${id}`).click();

  beforeAll(async () => {
    built = await BuiltPage.build('react-hooks', folders);
    browser = await launch();
    opened = await built.open(browser);
  });
  afterAll(() => browser?.close());

  it('the build holds this React alone', async () => {
    for (const name of packages)
      expect([name, ...built.sourcesOf(name)]).toEqual([name, folders[0]]);
    expect(built.sourcesOf('isthmus')).toEqual([installed]);
    const found = await opened.evaluate(() => ({ version: page.version, hasUse: page.hasUse }));
    expect(found).toEqual({ version, hasUse });
  });

  it("the hooks and react-redux's agree, also in a transition", async () => {
    for (const id of ['shared', 'redux', 'transition', 'shared']) await click(id);
    await expect.poll(() => text('counts')).toBe('4 4 4');
  });

  it('useReady suspends until the slice is ready', async () => {
    expect([await text('user'), await text('ready')]).toEqual(['...', 'false shared']);
    await opened.evaluate(() => page.store.hydrate('user', 'Ada'));
    await expect.poll(() => text('user')).toBe('Ada');
    await expect.poll(() => text('ready')).toBe('true shared');
  });

  it('useSlice brings a slice once under StrictMode, and takes it along', async () => {
    const slices = () => opened.evaluate(() => page.store.inspect().slices.map(({ key }) => key));
    await expect.poll(() => text('visit')).toBe('0');
    await opened.evaluate(() => void page.store.dispatch(page.visit.actions.add()));
    await expect.poll(() => text('visit')).toBe('1');
    await click('toggle');
    await expect.poll(slices).toEqual(['cart', 'user']);
    await click('toggle');
    await expect.poll(() => text('visit')).toBe('0');
  });

  it('nothing is told to console.error, and unmounting leaves no listener', async () => {
    await opened.evaluate(() => page.root.unmount());
    const left = () =>
      opened.evaluate(() => {
        const { watchers, listeners } = page.store.inspect();
        return { watchers, listeners };
      });
    await expect.poll(left).toEqual({ watchers: 0, listeners: 0 });
    expect(await opened.evaluate(() => page.errors)).toEqual([]);
  });
});

const onServer = `
const { createElement: h, Suspense, version } = require('react');
const { renderToPipeableStream } = require('react-dom/server');
Promise.all([import('isthmus'), import('isthmus/react')]).then(async ([isthmus, hooks]) => {
  await isthmus.loadEngine();
  const slices = [isthmus.defineSlice({ name: 'user', initialState: 'nobody', reducers: {} })];
  const membership = isthmus.joinSharedStore({ app: 'request', slices });
  membership.store.markLoading('user');
  const User = () => (hooks.useReady('user', { suspend: true }), h('b', null, version, ' ', hooks.useSharedValue(['user'])));
  const page = h(hooks.SharedStoreProvider, { membership }, h(Suspense, { fallback: '...' }, h(User)));
  renderToPipeableStream(page, { onShellReady() { membership.store.hydrate('user', 'Ada'); } }).pipe(process.stdout);
});
`;

it('React 18 streams a page on a server as well', async () => {
  const args = ['--input-type=commonjs', '--eval', onServer];
  const { stdout } = await promisify(execFile)(process.execPath, args, {
    cwd: import.meta.dirname,
  });
  expect(stdout.replaceAll('<!-- -->', '')).toContain('<b>18.3.1 Ada</b>');
});
