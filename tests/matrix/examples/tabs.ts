import { expect, type BrowserContext, type Locator, type Page } from '@playwright/test';

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
  await expect(remoteIn(one))
    .toHaveText(`Remote: ${first}`)
    .catch((error: unknown) => {
      throw new Error([...told, String(error)].join('\n'));
    });
  await remoteIn(one).click();
  await expect(one.getByRole('heading')).toHaveText(`Host: ${first + 1}`);
  const late = await open(context, url);
  await expect(remoteIn(late)).toHaveText(`Remote: ${first + 1}`);
  await remoteIn(late).click();
  for (const page of [one, late]) {
    await expect(remoteIn(page)).toHaveText(`Remote: ${first + 2}`);
    await expect(page.getByRole('heading')).toHaveText(`Host: ${first + 2}`);
  }
  expect(told).toEqual([]);
}

/** Next.js has a button of its own while it is developed with. */
function remoteIn(page: Page): Locator {
  return page.getByRole('button', { name: 'Remote' });
}

async function open(context: BrowserContext, url: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto(url);
  return page;
}
