import type { Browser } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launch, Tabs, type Tab } from '../tabs.js';

/** What pages/counts.js offers. */
interface Counts {
  version: string;
  up(key: string): void;
  texts(): string[];
  hook(): string;
  leave(): void;
  listeners(): number;
}

const react17 = { react: 'react-17', 'react-dom': 'react-dom-17' };
const reactRedux8 = { 'react-redux': 'react-redux-8' };

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser?.close());

describe.each([
  { version: '16.14.0', reactRedux: 7, alias: {} },
  { version: '16.14.0', reactRedux: 8, alias: reactRedux8 },
  { version: '17.0.2', reactRedux: 7, alias: react17 },
  { version: '17.0.2', reactRedux: 8, alias: { ...react17, ...reactRedux8 } },
])('with React $version, react-redux $reactRedux and Redux 4', ({ version, alias }) => {
  let tabs: Tabs<Counts>;
  let tab: Tab<Counts>;
  beforeAll(async () => {
    tabs = await Tabs.of(browser, {
      folder: import.meta.dirname,
      module: 'pages/counts.js',
      alias,
    });
    tab = await tabs.open();
  });
  afterAll(() => tabs?.close());

  it('two apps of one page show one store, by hooks and by connect', async () => {
    expect(await tab.run((app) => app.version)).toBe(version);
    await tab.run((app) => app.up('user'));
    await tab.page.locator('#hooks').click();
    await expect.poll(() => tab.run((app) => app.texts())).toEqual(['1', '1 1']);
  });

  it('what is marked crosses into another tab, and nothing else', async () => {
    const other = await tabs.open();
    await tab.run((app) => app.up('user'));
    await tab.page.locator('#hooks').click();
    await expect.poll(() => other.run((app) => app.texts())).toEqual(['1', '1 0']);
    expect(other.errors).toEqual([]);
  });

  it('hooks of isthmus/react say that they need React 18', async () => {
    expect(await tab.run((app) => app.hook())).toMatch(
      new RegExp(
        `^IsthmusError store-setup: isthmus/react needs React 18 .* this is React ${version}`,
      ),
    );
  });

  it('unmounting leaves no listener, and nothing has failed', async () => {
    await tab.run((app) => app.leave());
    await expect.poll(() => tab.run((app) => app.listeners())).toBe(0);
    expect(tab.errors).toEqual([]);
  });
});
