const times = [
  [1e9, 's'],
  [1e6, 'ms'],
  [1e3, 'µs'],
  [1, 'ns'],
];

/** A figure of a row with a unit that suits its size: "1.2 µs", "27.1 MB"; counts have none. */
export function shown(value, unit) {
  if (unit === 'count') return String(value);
  if (unit !== 'ns') return `${Number(value.toPrecision(3))} ${unit}`;
  const [scale, name] = times.find(([least]) => value >= least) ?? times.at(-1);
  return `${Number((value / scale).toPrecision(3))} ${name}`;
}
