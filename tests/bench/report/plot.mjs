// The plot of growth: time against size, both logarithmic, as an SVG with a background of its own, so
// that it reads in light and in dark pages.

import { shown } from './quantities.mjs';

const frame = { width: 780, height: 440, left: 78, right: 212, top: 56, bottom: 52 };

/** Fills the frame from the powers of ten around `xs` and `ys`. */
function scales(xs, ys) {
  const range = (values) => [
    Math.floor(Math.log10(Math.min(...values))),
    Math.ceil(Math.log10(Math.max(...values))),
  ];
  const [x0, x1] = range(xs);
  const [y0, y1] = range(ys);
  const { width, height, left, right, top, bottom } = frame;
  return {
    x: (value) => left + ((Math.log10(value) - x0) / (x1 - x0)) * (width - left - right),
    y: (value) =>
      height - bottom - ((Math.log10(value) - y0) / (y1 - y0)) * (height - top - bottom),
    xTicks: powers(x0, x1),
    yTicks: powers(y0, y1),
  };
}

const powers = (from, to) => Array.from({ length: to - from + 1 }, (_, i) => 10 ** (from + i));

/** `series`: [{ label, color, points: [[size, ns], ...] }]. */
export function growthPlot(title, xTitle, series) {
  const points = series.flatMap((each) => each.points);
  const scale = scales(
    points.map(([x]) => x),
    points.map(([, y]) => y),
  );
  const { width, height, left } = frame;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" ` +
      `font-family="system-ui, sans-serif" font-size="13" fill="#1f2328" role="img">`,
    `<title>${title}</title>`,
    `<rect width="${width}" height="${height}" rx="8" fill="#ffffff" stroke="#d1d9e0"/>`,
    `<text x="${left}" y="30" font-size="16" font-weight="600">${title}</text>`,
    ...grid(scale, xTitle),
    ...series.map((each) => line(scale, each)),
    ...labels(scale, series),
    '</svg>\n',
  ].join('\n');
}

function grid({ x, y, xTicks, yTicks }, xTitle) {
  const { width, height, left, right, top, bottom } = frame;
  const floor = height - bottom;
  return [
    ...xTicks.map(
      (tick) =>
        path([x(tick), top], [x(tick), floor]) +
        text(x(tick), floor + 20, tick.toLocaleString('en'), 'middle'),
    ),
    ...yTicks.map(
      (tick) =>
        path([left, y(tick)], [width - right, y(tick)]) +
        text(left - 8, y(tick) + 4, shown(tick, 'ns'), 'end'),
    ),
    text((left + width - right) / 2, height - 12, xTitle, 'middle'),
  ];
}

function path(from, to) {
  return `<path d="M${fixed(from)}L${fixed(to)}" stroke="#e4e8ec"/>`;
}

function text(x, y, content, anchor) {
  return `<text x="${fixed([x])}" y="${fixed([y])}" text-anchor="${anchor}">${content}</text>`;
}

function line({ x, y }, { color, dashed, points }) {
  const at = points.map(([size, ns]) => [x(size), y(ns)]);
  const dash = dashed ? ' stroke-dasharray="6 4"' : '';
  const stroke = `fill="none" stroke="${color}" stroke-width="2.5"${dash}`;
  const dots = at.map(([cx, cy]) => `<circle cx="${fixed([cx])}" cy="${fixed([cy])}" r="3.5"/>`);
  return `<path d="M${at.map(fixed).join('L')}" ${stroke}/><g fill="${color}">${dots.join('')}</g>`;
}

/** Each beside its line's end, moved down where it would touch the one above. */
function labels({ x, y }, series) {
  const ends = series
    .map(({ label, color, points }) => ({ label, color, end: points.at(-1) }))
    .sort((a, b) => b.end[1] - a.end[1]);
  let lowest = -Infinity;
  return ends.map(({ label, color, end: [size, ns] }) => {
    lowest = Math.max(y(ns) + 4, lowest + 17);
    const at = `x="${fixed([x(size) + 12])}" y="${fixed([lowest])}"`;
    return `<text ${at} fill="${color}" font-weight="600">${label}, ${shown(ns, 'ns')}</text>`;
  });
}

const fixed = (numbers) => numbers.map((number) => Number(number.toFixed(1))).join(' ');
