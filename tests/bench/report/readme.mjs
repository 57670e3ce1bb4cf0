import { readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import { join } from 'node:path';
import { root } from '../../../tools/paths.mjs';
import { growthPlot } from './plot.mjs';
import { shown } from './quantities.mjs';

const plot = join(root, 'tests/bench/growth.svg');
const readme = join(root, 'README.md');
const begin = '<!-- figures: written by the benchmark -->';
const end = '<!-- end of figures -->';

const lines = [
  { label: 'Redux Toolkit', contender: 'rtk', color: '#764abc' },
  { label: 'zustand + immer', contender: 'zustand', color: '#9a6700' },
  { label: 'Redux by hand', contender: 'redux', color: '#0969da' },
  { label: 'Isthmus', contender: 'isthmus', color: '#cf222e' },
];

/** Puts the figures of a full run into the README, and its plot beside this benchmark. */
export function writeReadme(rows) {
  writeFileSync(plot, plotOf(rows));
  const text = readFileSync(readme, 'utf8');
  const from = text.indexOf(begin) + begin.length;
  const to = text.indexOf(end);
  writeFileSync(readme, `${text.slice(0, from)}\n${figures(rows)}\n${text.slice(to)}`);
}

function plotOf(rows) {
  const growth = rows.filter((row) => row.case === 'update-one');
  const of = (runtime, contender) =>
    growth
      .filter((row) => row.runtime === runtime)
      .map(({ size, medians }) => [size, medians[contender]]);
  const inNode = lines.map((line) => ({ ...line, points: of('node', line.contender) }));
  const native = { label: 'Isthmus, native', color: '#cf222e', dashed: true };
  const series = [...inNode, { ...native, points: of('native', 'isthmus') }];
  return growthPlot('Update one of n entities and read it', 'n, entities in the slice', series);
}

function figures(rows) {
  const shownRows = rows.filter(({ runtime, target }) => runtime === 'node' && target);
  return [
    '',
    `Measured on ${availableParallelism()} cores of ${cpus()[0].model.trim()} with Node ${process.versions.node}:`,
    '',
    '| in Node | n | Isthmus | Redux by hand | Redux Toolkit | zustand + immer | target |',
    '|---|---|---|---|---|---|---|',
    ...shownRows.map(line),
    '',
    missed(rows),
    '',
  ].join('\n');
}

function line({ name, size, unit, medians, target }) {
  const cell = (contender) => (contender in medians ? shown(medians[contender], unit) : '');
  const cells = ['isthmus', 'redux', 'rtk', 'zustand'].map(cell);
  const verdict = `${target.met ? 'met' : '**missed**'}: ${target.text}`;
  return `| ${[name, size.toLocaleString('en'), ...cells, verdict].join(' | ')} |`;
}

function missed(rows) {
  const judged = rows.filter(({ target }) => target);
  const count = judged.filter(({ target }) => !target.met).length;
  return `Of ${judged.length} targets in Node and Chromium this run missed ${count}.`;
}
