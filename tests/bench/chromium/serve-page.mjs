import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { build } from 'esbuild';
import sirv from 'sirv';
import { root } from '../../../tools/paths.mjs';

const folder = join(root, 'build/bench/page');

/** Browsers give pages that are isolated like this a clock of 5 microseconds instead of 100. */
const isolation = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

/** Bundles the cases for production and serves them: { url, close() }. */
export async function servePage() {
  await bundlePage();
  const files = sirv(folder, { dev: true });
  const server = createServer((request, response) => {
    for (const [name, value] of Object.entries(isolation)) response.setHeader(name, value);
    files(request, response, () => response.writeHead(404).end());
  });
  await new Promise((resolve) => server.listen(0, 'localhost', resolve));
  const close = () => (server.closeAllConnections(), server.close());
  return { url: `http://localhost:${server.address().port}`, close };
}

async function bundlePage() {
  mkdirSync(folder, { recursive: true });
  await build({
    entryPoints: [join(root, 'tests/bench/chromium/page.mjs')],
    outfile: join(folder, 'page.js'),
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    // tsconfig paths would take the sources of 'isthmus' instead of what is built.
    tsconfigRaw: {},
    define: { 'process.env.NODE_ENV': '"production"' },
    logLevel: 'warning',
  });
  copyFileSync(join(root, 'dist/engine.wasm'), join(folder, 'engine.wasm'));
  const page =
    '<!doctype html><link rel="icon" href="data:,"><script type="module" src="page.js"></script>';
  writeFileSync(join(folder, 'index.html'), page);
}
