import { expect, test } from '@playwright/test';
import { serve } from '../served.js';

const versions = [6, 7, 8];
const start = (...args: (string | number)[]) =>
  serve(import.meta.dirname, 'serve.mjs', ...args.map(String));

for (const version of versions) {
  for (const [how, plugin] of [
    ['dev', 'with'],
    ['build', 'with'],
    ['build', 'without'],
  ] as const) {
    test(`Vite ${version}, ${how}, ${plugin} isthmus/vite: two tabs count`, async ({ context }) => {
      const server = await start(version, how, plugin);
      const [one, other] = [await context.newPage(), await context.newPage()];
      const asked: string[] = [];
      one.on('request', (request) => asked.push(request.url()));
      for (const page of [one, other]) await page.goto(server.url);
      await expect(other.getByRole('button')).toHaveText('0');
      await one.getByRole('button').click();
      for (const page of [one, other]) await expect(page.getByRole('button')).toHaveText('1');
      const preloaded = how === 'build' && plugin === 'with';
      await expect(one.locator('link[rel=preload][as=fetch]')).toHaveCount(preloaded ? 1 : 0);
      expect(asked.filter((url) => /\/engine[-.](?!crossing)[^/]*wasm/.test(url))).toHaveLength(1);
      await server.stop();
    });
  }
}

test('Vite 8 needs no plugin in its dev server', async ({ page }) => {
  const server = await start(8, 'dev', 'without');
  await page.goto(server.url);
  await expect(page.getByRole('button')).toHaveText('0');
  await server.stop();
});

for (const version of [6, 7]) {
  test(`the dev server of Vite ${version} without the plugin: the page says what to do`, async ({
    page,
  }) => {
    const server = await start(version, 'dev', 'without');
    await page.goto(server.url);
    await expect(page.locator('main')).toHaveText(
      /could not be loaded .*this is HTML, not wasm.*isthmus\(\) of 'isthmus\/vite'/,
    );
    await server.stop();
  });
}
