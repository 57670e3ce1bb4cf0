import { test } from '@playwright/test';
import { Example } from './example.js';
import { countInTwoTabs } from './tabs.js';

const examples = [
  { name: 'webpack-react', urls: { 'a host': 'http://localhost:4310/' } },
  {
    name: 'angular-react',
    urls: {
      'a host by its webpack builder': 'http://localhost:4350/',
      'an app by its esbuild builder': 'http://localhost:4352/',
    },
  },
];

for (const { name, urls } of examples) {
  test.describe(name, () => {
    const example = new Example(name);
    test.beforeAll(() => example.start(Object.values(urls)[0]!));
    test.afterAll(() => example.stop());

    for (const [app, url] of Object.entries(urls)) {
      test(`${app} shows one counter in all of its parts and in every tab`, ({ context }) =>
        countInTwoTabs(context, url));
    }
  });
}

test.describe("angular-react in the dev server of Angular's esbuild builder", () => {
  const url = 'http://localhost:4353/';
  const example = new Example('angular-react');
  test.beforeAll(() => example.start(url, { serve: ['dev', '--', '--port', '4353'] }));
  test.afterAll(() => example.stop());

  test('tabs show one counter', ({ context }) =>
    countInTwoTabs(context, url, { mayTell: (type) => type === 'debug' || type === 'log' }));
});
