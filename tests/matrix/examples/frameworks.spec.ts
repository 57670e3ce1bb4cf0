import { expect, test, type Page } from '@playwright/test';
import { Example } from './example.js';
import { expectOneCopy } from './one-copy.js';

const frameworks = ['React', 'Vue', 'Svelte', 'Angular'];
const url = 'http://localhost:4320/host/';
const example = new Example('frameworks');

test.beforeAll(() => example.start(url));
test.afterAll(() => example.stop());

/** What each remote says of the counter, and the host. */
async function expectCount(page: Page, count: number): Promise<void> {
  await expect(page.getByRole('heading')).toHaveText(`Host: ${count}`);
  for (const framework of frameworks) {
    await expect(page.getByRole('button', { name: framework })).toHaveText(
      `${framework}: ${count}`,
    );
  }
}

test('remotes in four frameworks and the host show one counter, beside a second tab', async ({
  context,
}) => {
  const told: string[] = [];
  context.on('console', (message) => {
    if (!message.location().url.endsWith('/favicon.ico')) told.push(message.text());
  });
  context.on('weberror', (error) => told.push(String(error.error())));
  const [one, other] = [await context.newPage(), await context.newPage()];
  await one.goto(url);
  await expectCount(one, 0).catch((error: unknown) => {
    throw new Error(`${told.join('\n')}\n${String(error)}`);
  });
  await one.getByRole('button', { name: 'Vue' }).click();
  await expectCount(one, 1);
  await other.goto(url);
  for (const [i, framework] of frameworks.entries()) {
    await other.getByRole('button', { name: framework }).click();
    for (const page of [one, other]) await expectCount(page, i + 2);
  }
  expect(told).toEqual([]);
});

test('the page has one engine and one copy of isthmus', async ({ page }) => {
  await page.goto(url);
  await expectCount(page, 0);
  await expectOneCopy(page);
});
