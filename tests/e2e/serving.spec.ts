import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from './fixtures.js';

const command = fileURLToPath(new URL('../../dist/isthmus.js', import.meta.url));

test('the host page is served under a policy without eval and without inline scripts', async ({
  demo,
  request,
}) => {
  const policy = (await request.get(demo.urls.host)).headers()['content-security-policy'];
  const scripts = policy?.split('; ').find((directive) => directive.startsWith('script-src'));
  const { cart, profile } = demo.urls;
  expect(scripts).toBe(`script-src 'self' ${cart} ${profile} 'wasm-unsafe-eval'`);
});

test('entries are asked for again each time, hashed files are kept for ever', async ({
  demo,
  page,
}) => {
  const caching = new Map<string, string | undefined>();
  page.on('response', (response) => {
    expect(response.headers()['access-control-allow-origin']).toBe('*');
    caching.set(response.url(), response.headers()['cache-control']);
  });
  await page.goto(demo.urls.host);
  await page.getByTestId('add-tea').waitFor();
  await page.getByTestId('display-name').waitFor();
  const entries = [
    `${demo.urls.host}/`,
    `${demo.urls.host}/config.json`,
    `${demo.urls.cart}/remoteEntry.js`,
    `${demo.urls.profile}/remoteEntry.js`,
  ];
  expect(caching.size).toBeGreaterThan(entries.length);
  for (const [url, header] of caching) {
    const wanted = entries.includes(url) ? 'no-cache' : 'public, max-age=31536000, immutable';
    expect(`${url} ${header}`).toBe(`${url} ${wanted}`);
  }
});

test('the engine is served as application/wasm', async ({ demo, page }) => {
  const engine = page.waitForResponse((response) => response.url().endsWith('.wasm'));
  await page.goto(demo.urls.host);
  expect((await engine).headers()['content-type']).toBe('application/wasm');
});

for (const remote of ['cart', 'profile'] as const) {
  test(`the remote ${remote} also stands alone on its own origin`, async ({ demo, page }) => {
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(error.message));
    await page.goto(demo.urls[remote]);
    await page.getByTestId(remote === 'cart' ? 'add-tea' : 'display-name').waitFor();
    expect(errors).toEqual([]);
  });
}

test('isthmus doctor finds nothing wrong with the builds as they are served', async ({ demo }) => {
  const addresses = [demo.urls.cart, demo.urls.profile].map((url) => `${url}/remoteEntry.js`);
  const args = [command, 'doctor', ...addresses, `${demo.urls.host}/isthmus-manifest.json`];
  const { stdout } = await promisify(execFile)(process.execPath, args).catch((error) => error);
  expect(stdout).toBe('0 lock files, 3 builds, 2 served entries: 0 errors, 0 warnings, 0 notes\n');
});
