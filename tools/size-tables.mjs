// docs/SIZE.md: what `npm run size` measures, as tables for readers. A build elsewhere may differ by some bytes.

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './paths.mjs';

const page = join(root, 'docs/SIZE.md');
const start = '<!-- tables by npm run size -- --write -->';

/** What a figure may be off, in parts of it or in bytes. */
const tolerance = { part: 0.02, bytes: 200 };

/** Puts the tables into the page. */
export function tell(tables) {
  const [head] = readFileSync(page, 'utf8').split(start);
  writeFileSync(page, `${head}${start}\n\n${written(tables)}`);
}

/** Whether the page has these tables, give or take a little. */
export function isTold(tables) {
  const [, told = ''] = readFileSync(page, 'utf8').split(start);
  const [now, then] = [written(tables), told].map((text) => text.trim().split(/([\d,]+)/));
  return (
    now.length === then.length &&
    now.every((piece, i) => (i % 2 === 0 ? piece === then[i] : isNear(piece, then[i])))
  );
}

function isNear(...figures) {
  const [a, b] = figures.map((figure) => Number(figure.replaceAll(',', '')));
  return Math.abs(a - b) <= Math.max(tolerance.part * b, tolerance.bytes);
}

function written({ files, engine, code }) {
  return [
    table(
      ['file or entry, minified', 'raw', 'gzip', 'brotli'],
      files.map(({ name, raw, gzip, brotli }) => [name, raw, gzip, brotli]),
    ),
    '## engine.wasm by the folder of its source',
    partsTable(engine),
    '## Code before the first render by folder, minified, with the hooks of React',
    partsTable(code),
    '',
  ].join('\n\n');
}

function partsTable(parts) {
  return table(
    ['part', 'bytes'],
    parts.map(({ name, bytes }) => [name, bytes]),
  );
}

function table(head, rows) {
  const line = (cells) => `| ${cells.join(' | ')} |`;
  const cells = ([name, ...figures]) => [name, ...figures.map((each) => each.toLocaleString('en'))];
  return [
    line(head),
    line(head.map((_, i) => (i === 0 ? '---' : '--:'))),
    ...rows.map((row) => line(cells(row))),
  ].join('\n');
}
