import { expect, test } from '@playwright/test';
import { Example, type Scripts } from './example.js';
import { expectOneCopy } from './one-copy.js';
import { countInTwoTabs } from './tabs.js';

interface Tried {
  readonly name: string;
  readonly how: string;
  readonly url: string;
  readonly scripts?: Scripts;
}

const vite = { name: 'vite-react', url: 'http://localhost:4330/' };
const examples: Tried[] = [
  { name: 'webpack-react', how: 'built', url: 'http://localhost:4310/' },
  { ...vite, how: 'built' },
  { ...vite, how: 'dev servers', scripts: { serve: ['dev'] } },
];

for (const { name, how, url, scripts } of examples) {
  test.describe(`${name}, ${how}`, () => {
    const example = new Example(name);
    test.beforeAll(() => example.start(url, scripts));
    test.afterAll(() => example.stop());

    test('host and remote show one counter, and so does every tab', ({ context }) => {
      // A dev server tells that it is one.
      const mayTell = (type: string) => scripts !== undefined && /debug|info/.test(type);
      return countInTwoTabs(context, url, { mayTell });
    });

    test('the page has one engine and one copy of isthmus', async ({ page }) => {
      await page.goto(url);
      await expect(page.getByRole('button')).toHaveText('Remote: 0');
      await expectOneCopy(page);
    });
  });
}
