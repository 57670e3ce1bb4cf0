import { expect, type BrowserContext, type Page } from '@playwright/test';

interface Expectations {
  /** What the counter begins with. */
  readonly first?: number;
  /** What pages may write on the console. */
  readonly mayTell?: (type: string) => boolean;
}

/** A host and its remote count together, in two tabs, of which one comes late. */
export async function countInTwoTabs(
  context: BrowserContext,
  url: string,
  { first = 0, mayTell = () => false }: Expectations = {},
): Promise<void> {
  const told: string[] = [];
  context.on('console', (message) => {
    if (mayTell(message.type()) || message.location().url.endsWith('/favicon.ico')) return;
    told.push(message.text());
  });
  context.on('weberror', (error) => told.push(String(error.error())));
  const one = await open(context, url);
  await expect(one.getByRole('button'))
    .toHaveText(`Remote: ${first}`)
    .catch(() => expect(told).toEqual([]));
  await one.getByRole('button').click();
  await expect(one.getByRole('heading')).toHaveText(`Host: ${first + 1}`);
  const late = await open(context, url);
  await expect(late.getByRole('button')).toHaveText(`Remote: ${first + 1}`);
  await late.getByRole('button').click();
  for (const page of [one, late]) {
    await expect(page.getByRole('button')).toHaveText(`Remote: ${first + 2}`);
    await expect(page.getByRole('heading')).toHaveText(`Host: ${first + 2}`);
  }
  expect(told).toEqual([]);
}

async function open(context: BrowserContext, url: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto(url);
  return page;
}
