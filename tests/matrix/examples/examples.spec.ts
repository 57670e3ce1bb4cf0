import { test } from '@playwright/test';
import { Example } from './example.js';
import { countInTwoTabs } from './tabs.js';

const examples = [{ name: 'webpack-react', url: 'http://localhost:4310/' }];

for (const { name, url } of examples) {
  test.describe(name, () => {
    const example = new Example(name);
    test.beforeAll(() => example.start(url));
    test.afterAll(() => example.stop());

    test('host and remote show one counter, and so does every tab', ({ context }) =>
      countInTwoTabs(context, url));
  });
}
