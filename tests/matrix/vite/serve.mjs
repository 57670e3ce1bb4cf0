// `node serve.mjs <version> <dev|build> <with|without>`: serves app/ by that Vite, from its dev server or as it was
// built, with the plugin of isthmus/vite or without, and prints the address.

import { join } from 'node:path';
import { isthmus } from 'isthmus/vite';

const [version, how, plugin] = process.argv.slice(2);
const { build, createServer, preview } = await import(`vite-${version}`);
const output = join(import.meta.dirname, `../../../build/matrix-vite/${version}-${plugin}`);

const config = {
  root: join(import.meta.dirname, 'app'),
  configFile: false,
  logLevel: 'error',
  cacheDir: `${output}-cache`,
  plugins: plugin === 'with' ? [isthmus()] : [],
  build: { target: 'esnext', outDir: output, emptyOutDir: true },
  server: { port: 0, host: 'localhost' },
  preview: { port: 0, host: 'localhost' },
};

async function serve() {
  if (how === 'dev') {
    const server = await createServer(config);
    return server.listen();
  }
  await build(config);
  return preview(config);
}

const { resolvedUrls } = await serve();
console.log(resolvedUrls.local[0]);
