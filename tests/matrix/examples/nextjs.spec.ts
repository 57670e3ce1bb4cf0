import { expect, test } from '@playwright/test';
import { Example } from './example.js';
import { countInTwoTabs } from './tabs.js';

const first = 3;

/** Ports of their own: a server that is told to end may hold its port for a while. */
const ways = [
  { how: 'next build', build: ['build'], serve: ['start'], port: 4340 },
  { how: 'next dev', serve: ['dev'], port: 4341 },
  { how: 'next build --turbopack', build: ['build', '--turbopack'], serve: ['start'], port: 4342 },
  { how: 'next dev --turbopack', serve: ['dev', '--turbopack'], port: 4343 },
].map(({ build, serve: [script, ...flags], port, how }) => {
  const after = (args: string[]) => [args[0]!, '--', ...args.slice(1)];
  const scripts = {
    serve: after([script!, ...flags, '--port', String(port)]),
    ...(build && { build: after(build) }),
  };
  return { how, scripts, url: `http://localhost:${port}` };
});

for (const { how, scripts, url } of ways) {
  test.describe(how, () => {
    const example = new Example('nextjs');
    test.beforeAll(() => example.start(url, scripts));
    test.afterAll(() => example.stop());

    for (const [router, path] of [
      ['App Router', '/'],
      ['Pages Router', '/pages-router'],
    ] as const) {
      test(`${router}: the server sends its count, and the tabs go on with it`, async ({
        context,
        request,
      }) => {
        const html = await (await request.get(url + path)).text();
        expect(html.replaceAll(/<!--.*?-->/g, '')).toContain(
          '<p>Server: 3</p><h1>Host: 3</h1><button>Remote: 3</button>',
        );
        // A dev server tells that it is one.
        const mayTell = (type: string) => type !== 'error' && type !== 'warning';
        await countInTwoTabs(context, url + path, { first, mayTell });
      });
    }
  });
}
