import { runInNewContext } from 'node:vm';
import { loadEngine } from 'isthmus';
import { beforeEach, describe, expect, it } from 'vitest';
import { NativeBox } from './native-box.js';

await loadEngine();

let box: NativeBox;
beforeEach(() => {
  box = new NativeBox();
});

/** Arrays in arrays, `depth` of them. */
function nested(depth: number): unknown {
  let value: unknown = [];
  for (let i = 1; i < depth; i++) value = [value];
  return value;
}

const objectOf = (...entries: [string, unknown][]) => Object.fromEntries(entries);

const exact: [string, unknown][] = [
  ['null', null],
  ['booleans', [true, false]],
  ['zeros', [0, -0]],
  ['the edges of 32 bits', [2 ** 31, 2 ** 31 - 1, -(2 ** 31), -(2 ** 31) - 1, 2 ** 32, 2 ** 30]],
  ['small and large integers', [1, -1, 63, 64, -64, -65, 8191, 8192, 2 ** 53, -(2 ** 53)]],
  ['the edges of doubles', [1e300, -1e300, 5e-324, Number.MAX_VALUE, Number.EPSILON, 0.1]],
  ['empty things', ['', [], {}, [[]], { a: {} }]],
  ['a key that is empty', { '': 1, a: { '': 2 } }],
  ['a key named __proto__', objectOf(['__proto__', { a: 1 }], ['b', 2])],
  ['keys that objects inherit', { constructor: 1, toString: 2, hasOwnProperty: 3 }],
  ['keys with the signs of JSON Pointers', { 'a/b': 1, 'a~b': 2, '~0': 3, '/': 4 }],
  ['control characters', '\0\t\n\u001f\u007f\u0080'],
  ['every length of UTF-8', 'aé€😀'],
  ['the edges of UTF-8', '\u007f\u0080\u07ff\u0800\uffff\u{10000}\u{10ffff}'],
  ['lone surrogates', ['\ud800', '\udfff', 'a\ud83db', '\udc00\ud800', '\ud83d\ud83d\ude00']],
  ['lone surrogates as keys', { '\ud800': 1, '\udc00': 2 }],
  ['a long string', 'isthmus €😀'.repeat(100_000)],
  ['a large array', Array.from({ length: 100_000 }, (_, i) => i)],
  ['a large object', Object.fromEntries(Array.from({ length: 5_000 }, (_, i) => [`k${i}`, i]))],
  ['256 nested levels', nested(256)],
  ['an object without a prototype', Object.assign(Object.create(null), { a: 1 })],
  ['an object of another realm', runInNewContext('({ a: [1, { b: 2 }] })')],
];

describe('a value through a native slice is exact:', () => {
  it.each(exact)('%s', (_what, value) => {
    expect(box.put(value)).toStrictEqual(structuredClone(value));
  });

  it('object keys keep the order of JavaScript', () => {
    const value = { b: 0, 10: 1, a: 2, 9: 3, '-1': 4, '01': 5, 4294967294: 6, 4294967295: 7 };
    expect(Object.keys(box.put(value) as object)).toEqual(Object.keys(value));
  });

  it('a member that is undefined is left out', () => {
    expect(box.put({ a: undefined, b: { c: undefined } })).toStrictEqual({ b: {} });
  });

  it('an element that is undefined, or a hole, is null', () => {
    // eslint-disable-next-line no-sparse-arrays
    expect(box.put([undefined, , 1])).toStrictEqual([null, null, 1]);
  });

  it('a payload that is undefined, or absent, is null', () => {
    expect(box.put(undefined)).toBeNull();
    box.put(1);
    box.store.dispatch({ type: 'box/put' });
    expect(box.get()).toBeNull();
  });
});

class Point {
  x = 1;
}
const cycle: Record<string, unknown> = {};
cycle.self = cycle;

const refused: [string, unknown, { code: string; where: RegExp; message: RegExp }][] = [
  ['NaN', NaN, notData(/NaN is not data/)],
  ['an infinity', -Infinity, notData(/-Infinity is not data/)],
  ['a Date', new Date(0), notData(/a Date is not plain data/)],
  ['a Map', new Map(), notData(/a Map is not plain data/)],
  ['a typed array', new Uint8Array(2), notData(/a Uint8Array is not plain data/)],
  ['a boxed number', Object(1), notData(/a Number is not plain data/)],
  ['an instance of a class', new Point(), notData(/a Point is not plain data/)],
  ['a function', () => 1, notData(/a function is not data/)],
  ['a symbol', Symbol('s'), notData(/a symbol is not data/)],
  ['a BigInt', 1n, notData(/a bigint is not data/)],
  ['a cycle', cycle, { code: 'limit-exceeded', where: /^\/self(\/self)+$/, message: /or a cycle/ }],
  ['257 nested levels', nested(257), tooDeep()],
];

function notData(message: RegExp) {
  return { code: 'undecodable', where: /^$/, message };
}
function tooDeep() {
  return { code: 'limit-exceeded', where: /^(\/0)+$/, message: /more than 256 nested levels/ };
}

describe('what is no data is an error that names the place, and the state stays:', () => {
  it.each(refused)('%s', (_what, value, { code, where, message }) => {
    const before = box.put({ kept: true });
    const error = failure(() => box.put(value));
    expect(error).toMatchObject({ name: 'EngineError', code });
    expect(error.message).toMatch(message);
    expect(error.where.replace(/^\/payload/, '')).toMatch(where);
    expect(box.get()).toBe(before);
  });

  it('the place is a JSON Pointer into the action', () => {
    const deep = { a: [0, { 'x/y': { '~': new Date(0) } }] };
    expect(failure(() => box.put(deep)).where).toBe('/payload/a/1/x~1y/~0');
    expect(failure(() => box.put(1, { at: new Date(0) })).where).toBe('/meta/at');
  });

  it('the store goes on after it', () => {
    expect(() => box.put(NaN)).toThrow();
    expect(box.put('next')).toBe('next');
  });
});

describe('a getter in a payload', () => {
  const withGetter = (get: () => unknown) =>
    Object.defineProperty({ first: 1 } as Record<string, unknown>, 'read', {
      enumerable: true,
      get,
    });

  it('is read', () => {
    expect(box.put([withGetter(() => 2), 'rest'])).toEqual([{ first: 1, read: 2 }, 'rest']);
  });

  it('may make the array longer that it is in, for the next time', () => {
    const array: unknown[] = [withGetter(() => array.push('more'))];
    expect(box.put([array, 'rest'])).toEqual([[{ first: 1, read: 3 }], 'rest']);
  });

  it.each<[string, () => unknown]>([
    ['read', () => box.get()],
    ['dispatch', () => new NativeBox().put(1)],
  ])('may not call a store: %s', (_what, call) => {
    box.put('before');
    expect(() => box.put([withGetter(call), 'rest'])).toThrow(
      expect.objectContaining({ name: 'EngineError', code: 'busy' }) as Error,
    );
    expect(box.get()).toBe('before');
    const caught = withGetter(() => failure(call).code);
    expect(box.put([caught, 'rest'])).toEqual([{ first: 1, read: 'busy' }, 'rest']);
  });

  it.each([
    ['comes', [undefined, 1]],
    ['goes', [1, undefined]],
  ])('is refused when its value %s while it is read', (_what, values) => {
    const error = failure(() => box.put([1, { b: withGetter(() => values.shift()), c: 2 }]));
    expect(error).toMatchObject({ code: 'undecodable', where: '/payload/1/b' });
  });
});

function failure(call: () => unknown): Error & { code: string; where: string } {
  try {
    call();
  } catch (error) {
    return error as Error & { code: string; where: string };
  }
  throw new Error('nothing was thrown');
}
