import { createServer } from 'node:http';
import path from 'node:path';
import sirv from 'sirv';

const builds = path.resolve(import.meta.dirname, '../../build/demo');
const ownBuilds = {
  host: path.join(builds, 'host'),
  cart: path.join(builds, 'remote-cart'),
  profile: path.join(builds, 'remote-profile'),
};

/**
 * Serves the three builds from three origins of this process. A port of 0 takes any free one. `cart` is
 * the origin of another build of the cart, served elsewhere, to be used in its place; `folders` are
 * those of other builds, to be served from here.
 *
 * @param {import('./serve.d.mts').DemoOptions} [options]
 * @returns {Promise<{ urls: { host: string, cart: string, profile: string }, close(): Promise<void> }>}
 */
export async function serveDemo({ ports = {}, folders = {}, cart: otherCart } = {}) {
  const servers = [];
  const close = () => Promise.all(servers.map(stop)).then(() => undefined);
  const open = async (app, port, pageHeaders, answers) => {
    const server = createServer(handler(folders[app] ?? ownBuilds[app], pageHeaders, answers));
    servers.push(server);
    return listen(server, port);
  };
  try {
    const cart = otherCart ?? (await open('cart', ports.cart ?? 4101));
    const profile = await open('profile', ports.profile ?? 4102);
    const config = {
      remotes: { cart: `${cart}/remoteEntry.js`, profile: `${profile}/remoteEntry.js` },
    };
    const host = await open('host', ports.host ?? 4100, strictPolicy([cart, profile]), {
      '/config.json': JSON.stringify(config),
    });
    return { urls: { host, cart, profile }, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** No inline script and no eval: wasm is all that a page needs beyond plain scripts. */
function strictPolicy(origins) {
  const sources = ["'self'", ...origins].join(' ');
  return {
    'Content-Security-Policy': [
      "default-src 'none'",
      `script-src ${sources} 'wasm-unsafe-eval'`,
      `connect-src ${sources}`,
      `style-src ${sources}`,
      "img-src 'self' data:",
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
    ].join('; '),
  };
}

function handler(folder, pageHeaders = {}, answers = {}) {
  const files = sirv(folder, {
    dev: true,
    setHeaders: (response, pathname) => setHeaders(response, pathname, pageHeaders),
  });
  return (request, response) => {
    response.setHeader('Access-Control-Allow-Origin', '*');
    const answer = answers[request.url];
    if (answer !== undefined) return sendJson(response, answer);
    files(request, response, () => response.writeHead(404).end('Not found'));
  };
}

function setHeaders(response, pathname, pageHeaders) {
  const isHashed = /\.[0-9a-f]{12,}\.[a-z.]+$/.test(pathname);
  response.setHeader(
    'Cache-Control',
    isHashed ? 'public, max-age=31536000, immutable' : 'no-cache',
  );
  if (!path.extname(pathname) || pathname.endsWith('.html')) {
    for (const [name, value] of Object.entries(pageHeaders)) response.setHeader(name, value);
  }
}

function sendJson(response, body) {
  response.writeHead(200, { 'Content-Type': 'application/json', 'Cache-Control': 'no-cache' });
  response.end(body);
}

function listen(server, port) {
  return new Promise((resolve, reject) => {
    server.once('error', (error) => reject(portError(error, port)));
    server.listen(port, 'localhost', () => resolve(`http://localhost:${server.address().port}`));
  });
}

function portError(error, port) {
  if (error.code !== 'EADDRINUSE') return error;
  return new Error(`Port ${port} is taken. Stop what listens there, or pass another port.`);
}

function stop(server) {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
