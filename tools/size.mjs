// `npm run size`: what users download, raw and compressed, against the budgets. By zlib itself: size-limit
// has one figure for a file on disk, so it would be asked three times about copies of what is minified here.

import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { buildPackage } from './build.mjs';
import { entries } from './bundle.mjs';
import { root } from './paths.mjs';
import { main } from './process.mjs';
import { setUp } from './setup.mjs';
import { atOnce, codeParts, engineParts } from './size-parts.mjs';
import { isTold, tell } from './size-tables.mjs';

/**
 * Bytes of brotli. What a page needs before its first render with React's hooks: the first of the engine's files, the code
 * without what crosses, the hooks. And all that there is but the other entries.
 */
const budgets = { first: 96_500, whole: 212_000 };

await main(async () => {
  await setUp();
  await buildPackage();
  const { first, later } = await entryParts();
  const react = await measureEntry('react');
  const engine = measureFile('engine.wasm');
  const crossing = measureFile('engine-crossing.wasm');
  const others = Object.keys(entries).filter((name) => !['index', 'react'].includes(name));
  const firstLoad = sum('before the first render', first, engine, react);
  const whole = sum('all of isthmus', first, engine, later, crossing);
  const files = [
    ...[first, engine, react, firstLoad],
    ...[later, crossing, whole],
    ...(await Promise.all(others.map(measureEntry))),
  ];
  print(files);
  const tables = { files, engine: engineParts(), code: await codeParts() };
  if (process.argv.includes('--write')) tell(tables);
  return judge({ first: firstLoad, whole }) ?? judgePage(tables);
});

/** The entry `isthmus`: what a page loads with it, and what when something is to cross. */
async function entryParts() {
  const { outputFiles, metafile } = await minified('dist/index.js', { splitting: true });
  const first = new Set(atOnce(metafile, ['index.js']).map(({ name }) => name));
  const measured = outputFiles.map(({ path, contents }) => measure(basename(path), contents));
  return {
    first: sum('isthmus', ...measured.filter(({ name }) => first.has(name))),
    later: sum('isthmus, what crosses', ...measured.filter(({ name }) => !first.has(name))),
  };
}

async function measureEntry(name) {
  const { outputFiles } = await minified(`dist/${name}.js`);
  return measure(`isthmus/${name}`, outputFiles[0].contents);
}

function measureFile(name) {
  return measure(name, readFileSync(join(root, 'dist', name)));
}

function minified(file, options = {}) {
  return build({
    entryPoints: [join(root, file)],
    bundle: true,
    external: ['*'],
    minify: true,
    define: { 'process.env.NODE_ENV': '"production"' }, // as users' bundlers say
    outdir: join(root, 'build/size'),
    write: false,
    metafile: true,
    format: 'esm',
    logLevel: 'error',
    ...options,
    ...(options.splitting && { external: ['#*', 'redux'] }),
  });
}

function measure(name, bytes) {
  const gzip = gzipSync(bytes, { level: 9 }).length;
  return { name, raw: bytes.length, gzip, brotli: brotliCompressSync(bytes).length };
}

function sum(name, ...parts) {
  const total = (unit) => parts.reduce((bytes, part) => bytes + part[unit], 0);
  return { name, raw: total('raw'), gzip: total('gzip'), brotli: total('brotli') };
}

function print(rows) {
  const line = (cells) =>
    cells[0].padEnd(32) +
    cells
      .slice(1)
      .map((c) => c.padStart(10))
      .join('');
  console.log(line(['bytes, minified', 'raw', 'gzip', 'brotli']));
  for (const { name, raw, gzip, brotli } of rows) {
    console.log(line([name, ...[raw, gzip, brotli].map((size) => size.toLocaleString('en'))]));
  }
}

function judgePage(tables) {
  if (isTold(tables)) return undefined;
  console.error('docs/SIZE.md tells other figures: npm run size -- --write');
  return 1;
}

function judge(measured) {
  const over = Object.entries(budgets).filter(([part, most]) => measured[part].brotli > most);
  for (const [part, most] of over) {
    const { name, brotli } = measured[part];
    const [limit, excess] = [most, brotli - most].map((bytes) => bytes.toLocaleString('en'));
    console.error(`Over the budget of ${limit} bytes by ${excess}: ${name}.`);
  }
  if (over.length > 0) return 1;
  const texts = Object.values(budgets).map((most) => most.toLocaleString('en'));
  console.log(`Within the budgets of ${texts.join(' and ')} bytes.`);
  return undefined;
}
