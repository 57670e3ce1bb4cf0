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
const angular = { name: 'angular-react', url: 'http://localhost:4350/' };
const alone = { name: 'angular-react', url: 'http://localhost:4352/' };
const dev = { name: 'angular-react', url: 'http://localhost:4353/' };
const examples: Tried[] = [
  { name: 'webpack-react', how: 'built', url: 'http://localhost:4310/' },
  { ...vite, how: 'built' },
  { ...vite, how: 'dev servers', scripts: { serve: ['dev'] } },
  { ...angular, how: 'host by webpack' },
  { ...alone, how: 'by esbuild', scripts: { serve: ['start'] } }, // built with the host
  { ...dev, how: 'dev server of esbuild', scripts: { serve: ['dev', '--', '--port', '4353'] } },
];

for (const { name, how, url, scripts } of examples) {
  test.describe(`${name}, ${how}`, () => {
    const example = new Example(name);
    test.beforeAll(() => example.start(url, scripts));
    test.afterAll(() => example.stop());

    test('host and remote show one counter, and so does every tab', ({ context }) => {
      // A dev server tells that it is one.
      const mayTell = (type: string) => scripts !== undefined && /debug|info|log/.test(type);
      return countInTwoTabs(context, url, { mayTell });
    });

    test('the page has one engine and one copy of isthmus', async ({ page }) => {
      await page.goto(url);
      await expect(page.getByRole('button')).toHaveText('Remote: 0');
      await expectOneCopy(page);
    });
  });
}
