import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { BrowserContext, Page, Route } from '@playwright/test';

import { importMap } from './import-map.js';

const origin = 'https://isthmus.test';
const repository = new URL('../../', import.meta.url);

const page = `<!doctype html>${importMap()}`;

const types: Record<string, string> = {
  js: 'text/javascript',
  mjs: 'text/javascript',
  wasm: 'application/wasm',
  json: 'application/json',
};

/** An empty page whose scripts may import the built package, and fetch the files of the cases. */
export async function openPackagePage(context: BrowserContext): Promise<Page> {
  const opened = await context.newPage();
  await opened.route(`${origin}/**`, serve);
  await opened.goto(origin);
  return opened;
}

async function serve(route: Route): Promise<void> {
  const { pathname } = new URL(route.request().url());
  if (pathname === '/') return route.fulfill({ contentType: 'text/html', body: page });
  const contentType = types[pathname.split('.').at(-1) ?? ''];
  const isOffered = /^\/(dist|node_modules\/redux|tests\/cases)\//.test(pathname);
  if (!isOffered || contentType === undefined) return route.fulfill({ status: 404 });
  const body = await readFile(fileURLToPath(new URL(`.${pathname}`, repository)));
  return route.fulfill({ contentType, body });
}
