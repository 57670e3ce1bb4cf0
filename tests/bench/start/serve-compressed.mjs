import { readFileSync, readdirSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';

const types = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.wasm': 'application/wasm',
};

/** Serves every file below a folder as brotli makes it at its best, which is Node's default: { url, close() }. */
export async function serveCompressed(folder) {
  const files = compressed(folder);
  const server = createServer(({ url }, response) => {
    const file = files.get(url);
    if (file === undefined) return void response.writeHead(404).end();
    response.writeHead(200, file.headers).end(file.body);
  });
  await new Promise((resolve) => server.listen(0, 'localhost', resolve));
  const close = () => (server.closeAllConnections(), server.close());
  return { url: `http://localhost:${server.address().port}`, close };
}

function compressed(folder) {
  const names = readdirSync(folder, { recursive: true }).filter((name) => extname(name) in types);
  return new Map(names.map((name) => [`/${name}`, fileOf(join(folder, name))]));
}

function fileOf(path) {
  const body = brotliCompressSync(readFileSync(path));
  const headers = {
    'Content-Type': types[extname(path)],
    'Content-Encoding': 'br',
    'Content-Length': body.length,
    'Cache-Control': 'public, max-age=31536000',
  };
  return { body, headers };
}
