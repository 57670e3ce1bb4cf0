import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import sirv from 'sirv';
import { ScratchProject } from './scratch-project.js';

test.describe.configure({ mode: 'serial' });

let project: ScratchProject;

test.beforeAll(async () => {
  project = await ScratchProject.create();
});

test.afterAll(() => project.remove());

test('a project with the packed tarball dispatches and reads in Node without a bundler', async () => {
  expect(await project.run(process.execPath, 'in-node.js')).toBe('42\n');
});

test('built by plain webpack it does so in Chromium under a strict policy', async ({ page }) => {
  await project.build();
  const server = await serve(path.join(project.folder, 'dist'));
  try {
    await page.goto(`http://localhost:${(server.address() as AddressInfo).port}`);
    await expect(page).toHaveTitle('counted 42');
  } finally {
    server.close();
    server.closeAllConnections();
  }
});

function serve(folder: string): Promise<Server> {
  const files = sirv(folder, {
    dev: true,
    setHeaders: (response) =>
      response.setHeader('Content-Security-Policy', "script-src 'self' 'wasm-unsafe-eval'"),
  });
  const server = createServer((request, response) => files(request, response));
  return new Promise((resolve) => server.listen(0, () => resolve(server)));
}
