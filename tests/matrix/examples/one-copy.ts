import { expect, type Page } from '@playwright/test';

/** Whatever its apps bring, a page runs one copy of isthmus and one engine. */
export async function expectOneCopy(page: Page): Promise<void> {
  const found = await page.evaluate(() => {
    const { copies, realms } = (globalThis as never)[Symbol.for('isthmus') as never] as {
      copies: unknown[];
      realms: Record<number, { engines: number }>;
    };
    return { copies: copies.length, engines: realms[1]!.engines };
  });
  expect(found).toEqual({ copies: 1, engines: 1 });
}
