// `npm run size`: what users download, raw and compressed, against the budget. By zlib itself: size-limit
// has one figure for a file on disk, so it would be asked three times about copies of what is minified here.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { buildPackage } from './build.mjs';
import { entries } from './bundle.mjs';
import { root } from './paths.mjs';
import { main } from './process.mjs';
import { setUp } from './setup.mjs';

/**
 * Bytes of brotli for wasm, glue and core together. 18 kB of them buy speed: with the hot sources at -Oz
 * (tools/cmake/engine.cmake) a dispatch takes 1.6 times as long. 19 kB are JSON Schema and its patterns,
 * 7 kB the contracts' casters, credentials and limits, 13 kB the legacy channel, parking and messages
 * as bytes, 3 kB the sentences about wrong arguments and failed loads, 45 kB converging slices: 39 kB the log
 * in the engine, of which 4 kB compare states and begin with another release's, 6 kB what carries it. 10 kB are
 * reducers as functions: 8 kB drafts, with what copies of Immer see of them, 2 kB edits in the engine; 1 kB are picks.
 */
const budget = 229_000;
const glue = 'build/wasm-release/engine.mjs';

await main(async () => {
  await setUp();
  await buildPackage();
  const wasm = measure('engine.wasm', readFileSync(join(root, 'dist/engine.wasm')));
  // The core holds the glue already; the glue's own line only says how much of it that is.
  const core = measure('index.js', await minified('dist/index.js'));
  const others = Object.keys(entries).filter((name) => name !== 'index');
  const total = sum('wasm + glue + core', wasm, core);
  print([
    wasm,
    core,
    measure('  of it glue', await minified(glue)),
    ...(await Promise.all(others.map(measureEntry))),
    total,
  ]);
  return judge(total.brotli);
});

async function measureEntry(name) {
  return measure(`${name}.js`, await minified(`dist/${name}.js`));
}

async function minified(file) {
  const { outputFiles } = await build({
    entryPoints: [join(root, file)],
    minify: true,
    define: { 'process.env.NODE_ENV': '"production"' }, // as users' bundlers say
    treeShaking: true,
    write: false,
    format: 'esm',
    logLevel: 'error',
  });
  return outputFiles[0].contents;
}

function measure(name, bytes) {
  const gzip = gzipSync(bytes, { level: 9 }).length;
  return { name, raw: bytes.length, gzip, brotli: brotliCompressSync(bytes).length };
}

function sum(name, a, b) {
  return { name, raw: a.raw + b.raw, gzip: a.gzip + b.gzip, brotli: a.brotli + b.brotli };
}

function print(rows) {
  const line = (cells) =>
    cells[0].padEnd(26) +
    cells
      .slice(1)
      .map((c) => c.padStart(10))
      .join('');
  console.log(line(['bytes, minified', 'raw', 'gzip', 'brotli']));
  for (const { name, raw, gzip, brotli } of rows) {
    console.log(line([name, ...[raw, gzip, brotli].map((size) => size.toLocaleString('en'))]));
  }
}

function judge(brotli) {
  const limit = budget.toLocaleString('en');
  if (brotli <= budget) return console.log(`Within the budget of ${limit} bytes.`);
  console.error(`Over the budget of ${limit} bytes by ${(brotli - budget).toLocaleString('en')}.`);
  return 1;
}
