import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import webpack from 'webpack';
import { root } from '../../../tools/paths.mjs';

/**
 * The pages that are compared. The script asks for the engine, or the page does so before it; nothing is shown before
 * the engine is there, or the state that the page comes with.
 */
export const pages = {
  isthmus: { app: 'isthmus', file: 'index.html' },
  'isthmus, preload': { app: 'isthmus', file: 'preload.html' },
  'isthmus, with state': { app: 'isthmus-with-state', file: 'preload.html' },
  rtk: { app: 'rtk', file: 'index.html' },
};

/** Builds each app for production with all that it emits, and gives the folder of folders. */
export async function buildPages() {
  const folder = join(root, 'build/bench/start');
  rmSync(folder, { recursive: true, force: true });
  for (const app of new Set(Object.values(pages).map((page) => page.app))) {
    await bundle(app, join(folder, app));
    writePages(app, join(folder, app));
  }
  return folder;
}

async function bundle(app, folder) {
  const compiler = webpack({
    mode: 'production',
    entry: join(root, `tests/bench/start/pages/${app}.mjs`),
    output: {
      path: folder,
      filename: '[name].[contenthash].js',
      assetModuleFilename: '[name].[contenthash][ext]',
    },
    performance: false,
  });
  const stats = await new Promise((resolve, reject) =>
    compiler.run((error, result) => (error ? reject(error) : resolve(result))),
  );
  if (stats.hasErrors()) throw new Error(stats.toString('errors-only'));
}

function writePages(app, folder) {
  const files = readdirSync(folder);
  const main = files.find((file) => /^main\..*js$/.test(file));
  const engine = files.find((file) => /^engine\..*wasm$/.test(file));
  const script = `<script defer src="${main}"></script>`;
  const preload = `<link rel="preload" href="${engine}" as="fetch" type="application/wasm" crossorigin>`;
  const page = (head) =>
    `<!doctype html><link rel="icon" href="data:,">${head}<body><div id="root"></div>`;
  writeFileSync(join(folder, 'index.html'), page(script));
  if (engine) writeFileSync(join(folder, 'preload.html'), page(script + preload));
}
