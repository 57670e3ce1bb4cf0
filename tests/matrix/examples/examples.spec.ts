import { expect, test, type Page } from '@playwright/test';
import { Example } from './example.js';

const examples = [{ name: 'webpack-react', url: 'http://localhost:4310/' }];

for (const { name, url } of examples) {
  test.describe(name, () => {
    const example = new Example(name);
    test.beforeAll(() => example.start(url));
    test.afterAll(() => example.stop());

    test('host and remote show one counter, and so does every tab', async ({ context }) => {
      const told: string[] = [];
      context.on('console', (message) => {
        if (!message.location().url.endsWith('/favicon.ico')) told.push(message.text());
      });
      context.on('weberror', (error) => told.push(String(error.error())));
      const one = await open(context.newPage(), url);
      await expect(one.getByRole('button'))
        .toHaveText('Remote: 0')
        .catch(() => expect(told).toEqual([]));
      await one.getByRole('button').click();
      await expect(one.getByRole('heading')).toHaveText('Host: 1');
      const late = await open(context.newPage(), url);
      await expect(late.getByRole('button')).toHaveText('Remote: 1');
      await late.getByRole('button').click();
      for (const page of [one, late]) {
        await expect(page.getByRole('button')).toHaveText('Remote: 2');
        await expect(page.getByRole('heading')).toHaveText('Host: 2');
      }
      expect(told).toEqual([]);
    });
  });
}

async function open(opening: Promise<Page>, url: string): Promise<Page> {
  const page = await opening;
  await page.goto(url);
  return page;
}
