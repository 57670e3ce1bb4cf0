import { fileURLToPath } from 'node:url';
import { expect, test, type Page } from '@playwright/test';
import { build } from 'esbuild';

const origin = 'https://isthmus.test';
const repository = fileURLToPath(new URL('../..', import.meta.url));

const app = (load: string, from: string) => `
import { defineSlice, joinSharedStore } from 'isthmus';
import { inc } from 'isthmus/program';
import { ${load} } from '${from}';

const count = defineSlice({ name: 'count', initialState: 41, reducers: { add: [inc('')] } });
${load}().then(
  () => {
    const { store } = joinSharedStore({ app: 'host', slices: [count] });
    store.dispatch(count.actions.add());
    document.title = 'counted ' + store.read(['count']);
  },
  (error) => (document.title = String(error)),
);
`;

/** One file, as esbuild makes it; the wasm file that it does not copy is not there. */
async function open(page: Page, contents: string): Promise<string[]> {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: repository },
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    platform: 'browser',
    tsconfigRaw: {}, // the project's maps 'isthmus' to its sources
    logLevel: 'error',
  });
  const requested: string[] = [];
  await page.route(`${origin}/**`, (route) => {
    const { pathname } = new URL(route.request().url());
    requested.push(pathname);
    if (pathname === '/app.js') {
      return route.fulfill({ contentType: 'text/javascript', body: outputFiles[0]!.text });
    }
    if (pathname !== '/') return route.fulfill({ status: 404 });
    const headers = {
      'Content-Security-Policy': "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'",
    };
    const body =
      '<!doctype html><title>waiting</title><script src="app.js" type="module"></script>';
    return route.fulfill({ contentType: 'text/html', headers, body });
  });
  await page.goto(origin);
  return requested;
}

test('isthmus/inline, bundled by esbuild, runs under a policy that lets nothing be fetched', async ({
  page,
}) => {
  const requested = await open(page, app('loadInlineEngine', 'isthmus/inline'));
  await expect(page).toHaveTitle('counted 42');
  expect(requested.filter((path) => path !== '/favicon.ico')).toEqual(['/', '/app.js']);
});

test('without it the same bundle lacks its wasm file, and the error says so', async ({ page }) => {
  await open(page, app('loadEngine', 'isthmus'));
  await expect(page).toHaveTitle(
    /^EngineError: engine-load #\d+\(.*https:.*engine\.wasm.*docs\/ERRORS\.md/,
  );
});
