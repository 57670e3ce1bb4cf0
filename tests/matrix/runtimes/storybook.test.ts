import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { chromium, type Browser } from '@playwright/test';
import sirv from 'sirv';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { wholeChromium } from '../../browsers.js';
import { folder, outputs, run } from './run.js';

const built = path.join(outputs, 'storybook');
let browser: Browser;
let server: Server;

beforeAll(async () => {
  const args = ['build', '--disable-telemetry', '--output-dir', built];
  await run('storybook', args, { cwd: path.join(folder, 'storybook') });
  browser = await chromium.launch(wholeChromium);
  server = createServer(sirv(built));
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
});
afterAll(() => Promise.all([browser?.close(), server?.close()]));

it('a built Storybook 10 shows a component over a store of the story’s own', async () => {
  const { port } = server.address() as AddressInfo;
  const page = await browser.newPage();
  await page.goto(`http://localhost:${port}/iframe.html?id=counter--counting&viewMode=story`);
  const button = page.getByRole('button');
  await expect.poll(() => button.textContent()).toBe('Count: 3');
  await button.click();
  await expect.poll(() => button.textContent()).toBe('Count: 4');
});
