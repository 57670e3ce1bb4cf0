// What the benchmark prints for machines: one row for each piece of work in each runtime.
//
//   { id, name, case, runtime: 'node' | 'chromium' | 'firefox' | 'native', size, unit,
//     medians: { contender: number },      in `unit`; smaller is better
//     base?:   contender,                  whose median the others are divided by; isthmus if absent
//     ratios:  { contender: number },      its median divided by that of the base, where that is one
//     spread?: { contender: { median, min, q1, q3, max, samples } },
//     target?: { text, met } }             what was promised and, in brackets, measured

import { spreadOf } from '../statistics.mjs';

/** The row of a timed case; `times` are what was measured, or its spread already, by contender. */
export function timedRow(what, times) {
  const spreads = Object.entries(times).map(([contender, measured]) => [
    contender,
    Array.isArray(measured) ? spreadOf(measured) : measured,
  ]);
  const medians = Object.fromEntries(
    spreads.map(([contender, { median }]) => [contender, rounded(median)]),
  );
  return {
    ...compared(measuredRow({ ...what, unit: 'ns' }, medians)),
    spread: Object.fromEntries(spreads),
  };
}

/** The row of figures that are measured once, and that need not be amounts of the same thing. */
export function measuredRow({ name, title, runtime, size, unit, base }, medians) {
  const id = `${runtime}/${name}/${size}`;
  const row = { id, name: title, case: name, runtime, size, unit, medians, ratios: {} };
  return base === undefined ? row : { ...row, base };
}

/** The row with every contender's figure as a multiple of that of its base, if that is one of them. */
export function compared(row) {
  const { [row.base ?? 'isthmus']: one, ...others } = row.medians;
  if (one === undefined) return row;
  const ratios = Object.entries(others).map(([name, median]) => [name, rounded(median / one)]);
  return { ...row, ratios: Object.fromEntries(ratios) };
}

function rounded(number) {
  return Number(number.toPrecision(4));
}
