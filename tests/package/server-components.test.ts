import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { build, type Plugin } from 'esbuild';
import { expect, it } from 'vitest';
import { root } from './examples.js';

// A page of Server Components, as their bundlers build it: packages are found under the condition
// `react-server`, where React has no contexts and no hooks, and of a module that says "use client" the page has a
// reference to each export, which is known by its name without running it.
const page = `import { createElement } from 'react';
import { crossApp } from 'isthmus';
import { SharedStoreProvider } from 'isthmus/react';
export const action = crossApp({ type: 'page/served' });
export const Page = ({ children }) => createElement(SharedStoreProvider, null, children);
`;

const clientReferences: Plugin = {
  name: 'client-references',
  setup({ onLoad }) {
    onLoad({ filter: /\/dist\/[^/]*\.js$/ }, async ({ path }) => {
      const text = await readFile(path, 'utf8');
      if (!/^\s*['"]use client['"]/.test(text)) return undefined;
      const names = /export \{([^}]+)\}/.exec(text)![1]!.split(',');
      const lines = names.map((each) => `export const ${each} = { client: '${each.trim()}' };`);
      return { contents: lines.join('\n') };
    });
  },
};

async function served(): Promise<Record<string, unknown>> {
  const { outputFiles } = await build({
    stdin: { contents: page, resolveDir: root, loader: 'js' },
    bundle: true,
    write: false,
    format: 'cjs',
    platform: 'node',
    conditions: ['react-server', 'node'],
    external: ['#engine-source'],
    tsconfigRaw: {}, // its paths lead to the sources
    logLevel: 'silent',
    plugins: [clientReferences],
  });
  const module = { exports: {} as Record<string, unknown> };
  const run = new Function('module', 'exports', 'require', outputFiles[0]!.text) as (
    ...given: unknown[]
  ) => void;
  run(module, module.exports, createRequire(import.meta.url));
  return module.exports;
}

it('a Server Component renders SharedStoreProvider by reference', async () => {
  const { Page, action } = await served();
  const element = (Page as (props: object) => { type: unknown })({ children: null });
  expect(element.type).toEqual({ client: 'SharedStoreProvider' });
  expect(action).toEqual({ type: 'page/served', meta: { crossApp: true } });
});
