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
  const judged = rows.filter(({ runtime, target }) => runtime === 'node' && target);
  const isInTable = ({ unit, medians }) => unit === 'ns' && 'redux' in medians;
  return [
    '',
    `Medians in Node ${process.versions.node} on ${machine()}, and what we have set ourselves as a target:`,
    '',
    '| work | n | Isthmus | Redux by hand | Redux Toolkit | zustand + immer | target |',
    '|---|---|---|---|---|---|---|',
    ...judged.filter(isInTable).map(line),
    '',
    ...judged.filter((row) => !isInTable(row)).map(item),
    ...rows.filter(({ base }) => base).map(besideBase),
    '',
    summary(rows),
    '',
  ].join('\n');
}

function machine() {
  return `${availableParallelism()} cores of an ${cpus()[0].model.trim()}`;
}

function line({ name, size, unit, medians, target }) {
  const cell = (contender) => (contender in medians ? shown(medians[contender], unit) : '');
  const cells = ['isthmus', 'redux', 'rtk', 'zustand'].map(cell);
  return `| ${[name, size.toLocaleString('en'), ...cells, verdict(target)].join(' | ')} |`;
}

function item({ name, size, unit, medians, target }) {
  const figures = Object.entries(medians).map(([what, value]) => `${what} ${shown(value, unit)}`);
  return `- ${name}, n = ${size.toLocaleString('en')}: ${figures.join(', ')}. ${verdict(target)}`;
}

/** What is compared with another one than Isthmus, in every runtime. */
function besideBase({ name, runtime, size, unit, base, medians, ratios }) {
  const figures = Object.entries(medians).map(([what, value]) => {
    const times = what in ratios ? ` (${Number(ratios[what].toPrecision(3))}x)` : '';
    return `${what} ${shown(value, unit)}${times}`;
  });
  const where = `in ${runtime}, n = ${size.toLocaleString('en')}`;
  return `- ${name}, ${where}, beside ${base}: ${figures.join(', ')}.`;
}

const verdict = ({ text, met }) => `${met ? 'met' : '**missed**'}: ${text}`;

function summary(rows) {
  const judged = rows.filter(({ target }) => target);
  const missed = judged.filter(({ target }) => !target.met);
  const inChromium = missed.filter(({ runtime }) => runtime === 'chromium');
  return (
    `Of ${judged.length} targets in Node and Chromium this run missed ${missed.length}, ` +
    `${inChromium.length} of them in Chromium.`
  );
}
