import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { statSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import webpack, { type Configuration, type WebpackPluginInstance } from 'webpack';

const repository = fileURLToPath(new URL('../../..', import.meta.url));

const files = {
  'package.json': '{ "name": "shop", "dependencies": { "isthmus": "*", "redux": "^5.0.0" } }',
  'index.js': `import('./app.js');`,
  'app.js': `import { joinSharedStore } from 'isthmus'; import { createStore } from 'redux';
    console.log(joinSharedStore, createStore);`,
  'cart.js': sliceModule('cart'),
  'session.js': sliceModule('session'),
};

function sliceModule(name: string): string {
  return `import { defineSlice } from 'isthmus'; import { inc } from 'isthmus/program';
    export const slice = defineSlice({ name: '${name}', initialState: 0, reducers: { add: [inc('')] } });`;
}

/** A folder with an app that uses isthmus, and with what webpack makes of it. */
export function createProject(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'isthmus-served-'));
  for (const [name, text] of Object.entries(files)) writeFileSync(path.join(folder, name), text);
  mkdirSync(path.join(folder, 'node_modules'));
  const installed = { isthmus: '.', redux: 'node_modules/redux' };
  for (const [name, from] of Object.entries(installed)) {
    symlinkSync(path.join(repository, from), path.join(folder, 'node_modules', name));
  }
  return folder;
}

export function removeProject(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
}

interface Wanted extends Pick<Configuration, 'mode' | 'module' | 'output' | 'experiments'> {
  readonly plugin: object;
}

/** Builds into the folder `name` of the project. */
export async function build(project: string, name: string, wanted: Wanted): Promise<void> {
  const { plugin, mode = 'development', output, ...rest } = wanted;
  const compiler = webpack({
    ...{ mode, devtool: false, context: project, entry: './index.js', performance: false },
    ...rest,
    output: { path: path.join(project, name), ...output },
    plugins: [plugin as WebpackPluginInstance],
  });
  const { errors = [] } = await new Promise<webpack.StatsCompilation>((resolve, reject) => {
    compiler?.run((error, stats) => (stats ? resolve(stats.toJson()) : reject(error)));
  });
  if (errors.length > 0) throw new Error(errors.map(({ message }) => message).join('\n'));
}

export function copyInto(project: string, from: string, to: string): void {
  mkdirSync(path.dirname(path.join(project, to)), { recursive: true });
  copyFileSync(path.join(project, from), path.join(project, to));
}

export const healthyHeaders = { 'Cache-Control': 'no-cache', 'Access-Control-Allow-Origin': '*' };

/** A server on an origin of its own. */
export async function serve(
  answer: RequestListener,
): Promise<{ readonly url: string; readonly server: Server }> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  return { url: `http://localhost:${(server.address() as AddressInfo).port}`, server };
}

/** Sends the files of a folder; `fallback` is the page for what is not there. */
export function filesOf(
  folder: string,
  { headers = healthyHeaders, fallback }: { headers?: object; fallback?: string } = {},
): RequestListener {
  return ({ url = '/' }, response) => {
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, String(value));
    const file = path.join(folder, new URL(url, 'http://any').pathname);
    if (existsSync(file) && statSync(file).isFile()) response.end(readFileSync(file));
    else response.writeHead(fallback === undefined ? 404 : 200).end(fallback);
  };
}
