import { shown } from './quantities.mjs';

/** The rows for people: one table for each kind of work. */
export function printTable(rows) {
  const names = [...new Set(rows.map(({ name }) => name))];
  for (const name of names)
    printGroup(
      name,
      rows.filter((row) => row.name === name),
    );
  console.log(
    'Medians; in brackets how many times as much as isthmus, or as the one without. n is the size.',
  );
  const judged = rows.filter(({ target }) => target !== undefined);
  const met = judged.filter(({ target }) => target.met).length;
  console.log(`${met} of ${judged.length} targets met.`);
}

function printGroup(name, rows) {
  console.log(`${name}\n`);
  const contenders = [...new Set(rows.flatMap(({ medians }) => Object.keys(medians)))];
  const table = [['runtime', 'n', ...contenders], ...rows.map((row) => cellsOf(row, contenders))];
  const cells = contenders.length > WIDEST ? transposed(table) : table;
  const widths = cells[0].map((_, i) => Math.max(...cells.map((row) => row[i].length)));
  const lines = cells.map((row) => row.map((cell, i) => cell.padEnd(widths[i])).join('  '));
  console.log(lines.map((line) => `  ${line.trimEnd()}`).join('\n'));
  for (const { runtime, size, target } of rows.filter((row) => row.target)) {
    console.log(`  ${target.met ? 'met' : 'MISSED'}: ${runtime}, ${size}: ${target.text}`);
  }
  console.log();
}

/** So many contenders stand side by side; more stand one below the other. */
const WIDEST = 8;

function transposed([header, ...lines]) {
  return header.map((name, i) => [name, ...lines.map((line) => line[i])]);
}

function cellsOf({ runtime, size, unit, medians, ratios }, contenders) {
  const cells = contenders.map((contender) => {
    if (!(contender in medians)) return '';
    const ratio = contender in ratios ? ` (${factor(ratios[contender])}x)` : '';
    return shown(medians[contender], unit) + ratio;
  });
  return [runtime, size.toLocaleString('en'), ...cells];
}

function factor(ratio) {
  return ratio >= 100 ? Math.round(ratio).toLocaleString('en') : ratio.toPrecision(2);
}
