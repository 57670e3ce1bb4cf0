export { randomNumbers } from '../../../web/testing/random-numbers.js';

const NUMBERS = [0, -0, 1, -1, 0.5, 2 ** 31, -(2 ** 31), 2 ** 53, 1e300, 5e-324, 1e-7];
const UNITS = ['', 'a', '0', '7', 'é', '€', '😀', '\ud800', '\udc00', '/', '~', '__proto__', '\0'];

/** A random value of JSON's kinds, `undefined` included as member and element. */
export function randomValue(random: () => number, depth = 4): unknown {
  const below = (end: number) => Math.floor(random() * end);
  const text = () => Array.from({ length: below(4) }, () => UNITS[below(UNITS.length)]).join('');
  const list = <T>(make: () => T) => Array.from({ length: below(6) }, make);
  const inner = () => (random() < 0.1 ? undefined : randomValue(random, depth - 1));
  switch (below(depth > 0 ? 8 : 5)) {
    case 0:
      return null;
    case 1:
      return random() < 0.5;
    case 2:
      return NUMBERS[below(NUMBERS.length)];
    case 3:
      return Math.round((random() - 0.5) * 2 ** below(40));
    case 4:
      return text();
    case 5:
      return list(inner);
    default:
      return Object.fromEntries(list(() => [text(), inner()]));
  }
}

/** What a native slice makes of a value: the naive model of the codec. */
export function asData(value: unknown): unknown {
  if (value === undefined) return null;
  if (Array.isArray(value)) return value.map(asData);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  return Object.fromEntries(members.map(([key, member]) => [key, asData(member)]));
}
