import { copyFileSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';
import sirv from 'sirv';
import { root } from '../../../tools/paths.mjs';

/** Browsers give pages that are isolated like this a clock of 5 microseconds instead of 100. */
const isolation = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

/** Paths that begin so lead to the same files, none of which a browser has compiled for another page. */
const realm = /^\/realm-\d+/;

/** Bundles the page of one script of the benchmark for production and serves it: { url, close() }. */
export async function servePage(script) {
  const folder = join(root, 'build/bench', dirname(script));
  await bundlePage(script, folder);
  const files = sirv(folder, { dev: true });
  const server = createServer((request, response) => {
    request.url = request.url.replace(realm, '');
    for (const [name, value] of Object.entries(isolation)) response.setHeader(name, value);
    files(request, response, () => response.writeHead(404).end());
  });
  await new Promise((resolve) => server.listen(0, 'localhost', resolve));
  const close = () => (server.closeAllConnections(), server.close());
  return { url: `http://localhost:${server.address().port}`, close };
}

async function bundlePage(script, folder) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  await build({
    entryPoints: { page: join(root, 'tests/bench', script) },
    outdir: folder,
    bundle: true,
    splitting: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    // tsconfig paths would take the sources of 'isthmus' instead of what is built.
    tsconfigRaw: {},
    define: { 'process.env.NODE_ENV': '"production"' },
    logLevel: 'warning',
  });
  copyEngine(folder);
  const page =
    '<!doctype html><link rel="icon" href="data:,"><script type="module" src="page.js"></script>';
  writeFileSync(join(folder, 'index.html'), page);
}

/** Every part of the engine, to where the scripts look for it. */
function copyEngine(folder) {
  const dist = join(root, 'dist');
  const parts = readdirSync(dist).filter((file) => file.endsWith('.wasm'));
  for (const file of parts) copyFileSync(join(dist, file), join(folder, file));
}
