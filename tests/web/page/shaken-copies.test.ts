// @vitest-environment jsdom
import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type * as Isthmus from 'isthmus';
import { beforeEach, expect, it, vi } from 'vitest';
import { clearPage, registry } from '../fresh-page.js';

const root = path.join(import.meta.dirname, '../../..');
const folder = path.join(root, 'build/shaken-copies');
mkdirSync(folder, { recursive: true });
const forNode = ['--platform=node', '--conditions=module', '--log-level=error'];
let loads = 0;

/** An app's bundle, with its own copy of isthmus: of that what the app imports. */
async function loadBundle<Name extends keyof typeof Isthmus>(
  ...names: Name[]
): Promise<Pick<typeof Isthmus, Name>> {
  const from = JSON.stringify(path.join(root, 'dist/index.js'));
  const file = path.join(folder, `${names.join('-')}.mjs`);
  // In a process of its own: esbuild refuses to run in jsdom.
  const options = [`--outfile=${file}`, '--bundle', '--format=esm', '--tsconfig-raw={}'];
  execFileSync(path.join(root, 'node_modules/.bin/esbuild'), options.concat(forNode), {
    ...{ cwd: root, input: `export { ${names.join(', ')} } from ${from};`, stdio: 'pipe' },
  });
  const { href } = pathToFileURL(file);
  return import(/* @vite-ignore */ `${href}?load=${++loads}`) as Promise<
    Pick<typeof Isthmus, Name>
  >;
}

beforeEach(() => {
  vi.spyOn(console, 'warn').mockImplementation(() => undefined);
  clearPage();
});

it('a copy of which an app uses what needs no page is none of the page', async () => {
  const { crossApp } = await loadBundle('crossApp');
  expect(crossApp({ type: 'a' })).toEqual({ type: 'a', meta: { crossApp: true } });
  expect(registry()!.copies).toEqual([]);
  const { onDuplicate } = await loadBundle('onDuplicate');
  const heard: Isthmus.Duplicate[] = [];
  onDuplicate((duplicate) => heard.push(duplicate));
  await loadBundle('joinSharedStore');
  expect(heard).toEqual([]);
  expect(registry()!.copies).toHaveLength(1);
  await loadBundle('getSharedStore');
  expect(heard).toMatchObject([{ reason: 'duplicate' }]);
});

it('each name is the first copy that has it, and they work together', async () => {
  const one = await loadBundle('loadEngine', 'getSharedStore', 'isDraft');
  const two = await loadBundle('loadEngine', 'defineSlice', 'current');
  const three = await loadBundle('joinSharedStore', 'original', 'isDraft', 'IsthmusError');
  expect(two.loadEngine).toBe(one.loadEngine);
  expect(three.isDraft).toBe(one.isDraft);
  await one.loadEngine();

  const drafts: unknown[] = [];
  const cart = two.defineSlice({
    name: 'cart',
    initialState: { items: [] as string[], user: { name: 'Ada' } },
    reducers: {
      add(state, { payload }: { type: string; payload: string }) {
        state.items.push(payload);
        state.user.name = 'Grace';
        drafts.push(one.isDraft(state), two.current(state), three.original(state));
      },
    },
  });
  const { store } = three.joinSharedStore({ app: 'host', slices: [cart] });
  expect(one.getSharedStore()).toBe(store);
  store.dispatch(cart.actions.add('tea'));
  const after = { items: ['tea'], user: { name: 'Grace' } };
  expect(store.getState()).toEqual({ cart: after });
  expect(drafts).toEqual([true, after, { items: [], user: { name: 'Ada' } }]);
  expect(() => one.getSharedStore('gone')).toThrow(three.IsthmusError);
});
