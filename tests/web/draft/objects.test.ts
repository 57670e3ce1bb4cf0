import { describe, expect, it } from 'vitest';
import { change, changeAsImmer } from './change.js';
import { freeze } from './random/data.js';

/* eslint-disable @typescript-eslint/no-explicit-any -- recipes write what the types would not allow */
type Loose = any;

const state = {
  n: 1,
  none: undefined as unknown,
  user: { name: 'Ada', address: { city: 'London' } },
  byId: { b: { qty: 1 }, a: { qty: 2 } } as Record<string, { qty: number }>,
};

describe('a draft of an object makes what Immer makes', () => {
  it.each<[string, (draft: Loose) => unknown]>([
    ['by a nested write', (draft) => void (draft.user.address.city = 'Paris')],
    ['by two writes in one part', (draft) => void ((draft.user.name = 'x'), (draft.user.age = 1))],
    ['by a new key, which stands last', (draft) => void (draft.zeta = draft.alpha = 1)],
    ['by new keys like indices, which stand first', (draft) => void (draft[7] = draft[2] = 1)],
    ['by deleting a key', (draft) => void delete draft.user],
    ['by deleting a key that is not there', (draft) => void delete draft.nobody],
    ['by deleting a key and setting it again', (draft) => void (delete draft.n, (draft.n = 1))],
    ['by adding and deleting a key', (draft) => void ((draft.x = 1), delete draft.x)],
    ['by deleting twice', (draft) => void (delete draft.n, delete draft.n)],
    ['by writing what is there', (draft) => void (draft.n = 1)],
    ['by writing undefined where it is', (draft) => void (draft.none = undefined)],
    ['by writing undefined at a new key', (draft) => void (draft.other = undefined)],
    ['by writing a part where it is', (draft) => void Object.assign(draft, { user: draft.user })],
    ['by setting and restoring', (draft) => void ((draft.n = 2), (draft.n = 1))],
    ['by restoring deep down', (draft) => void ((draft.user.name = ''), (draft.user.name = 'Ada'))],
    ['by moving a part', (draft) => void ((draft.me = draft.user), delete draft.user)],
    ['by one part in two places', (draft) => void (draft.me = draft.user)],
    ['by changing a part in two places', (draft) => void ((draft.me = draft.user).name = 'x')],
    [
      'by changing it through the other',
      (draft) => void ((draft.me = draft.user), (draft.user.name = 'x')),
    ],
    [
      'by changing what was taken out',
      (draft) => {
        const { user } = draft;
        delete draft.user;
        user.name = 'gone';
        draft.kept = user.address;
      },
    ],
    [
      'by swapping two parts',
      (draft) => {
        [draft.byId.a, draft.byId.b] = [draft.byId.b, draft.byId.a];
      },
    ],
    ['by a part inside a new object', (draft) => void (draft.box = { inner: [draft.user] })],
    [
      'by a changed part inside a new object',
      (draft) => {
        draft.box = { inner: { user: draft.user } };
        draft.box.inner.user.name = 'x';
      },
    ],
    [
      'by a new object that is changed later',
      (draft) => {
        draft.box = { list: [1] };
        draft.box.list.push(2);
        draft.box.more = true;
      },
    ],
    ['by one new object in two places', (draft) => void (draft.a = draft.b = { user: draft.user })],
    ['by Object.assign', (draft) => void Object.assign(draft.user, { name: 'x', age: 3 })],
    ['by a spread', (draft) => void (draft.user = { ...draft.user, age: 3 })],
    [
      'by Object.entries',
      (draft) => {
        for (const [, entry] of Object.entries<Loose>(draft.byId)) entry.qty += 1;
      },
    ],
    [
      'by for in',
      (draft) => {
        for (const key in draft.byId) if (key === 'a') delete draft.byId[key];
      },
    ],
    [
      'by Object.fromEntries',
      (draft) => {
        draft.byId = Object.fromEntries(Object.entries(draft.byId).reverse());
      },
    ],
    ['by returning a new value', () => ({ n: 2 })],
    ['by returning a new value with parts', (draft) => ({ ...draft, n: 2 })],
    ['by returning a part', (draft) => draft.user],
    ['by returning the draft', (draft) => ((draft.n = 5), draft)],
    ['by returning null', () => null],
    [
      'by names that every object has',
      (draft) => {
        draft.constructor = { toString: 1 };
        draft.hasOwnProperty = 2;
        delete draft.constructor.toString;
      },
    ],
  ])('%s', (_, recipe) => {
    changeAsImmer<Loose>(structuredClone(state), recipe);
  });

  it('and gives the base itself when nothing has changed', () => {
    const base = freeze(structuredClone(state));
    const next = change(base, (draft) => {
      draft.n = 1;
      draft.user.address.city = 'London';
      JSON.stringify(draft);
    });
    expect(next).toBe(base);
  });
});

describe('a draft of an object', () => {
  const base = freeze(structuredClone(state));
  const look = (test: (draft: Loose) => void): void =>
    void change<Loose>(base, (draft) => void test(draft));

  it('gives the same draft for a child that is read twice', () => {
    look((draft) => expect(draft.user.address === draft.user.address).toBe(true));
  });

  it('shows what was written, in the order of the keys', () => {
    look((draft) => {
      draft.x = 1;
      delete draft.n;
      draft.n = 3;
      draft[3] = 0;
      const keys = ['3', 'none', 'user', 'byId', 'x', 'n'];
      expect(Object.keys(draft)).toEqual(keys);
      expect(Object.entries(draft).map(([key]) => key)).toEqual(keys);
      expect(JSON.stringify(draft)).toBe(
        '{"3":0,"user":{"name":"Ada","address":{"city":"London"}},"byId":{"b":{"qty":1},"a":{"qty":2}},"x":1,"n":3}',
      );
      expect(['n' in draft, 'y' in draft, 'toString' in draft]).toEqual([true, false, true]);
      delete draft.n;
      expect(['n' in draft, Object.hasOwn(draft, 'n'), draft.n]).toEqual([false, false, undefined]);
    });
  });

  it('passes for a plain object', () => {
    look((draft) => {
      expect(Object.getPrototypeOf(draft)).toBe(Object.prototype);
      expect(draft instanceof Object).toBe(true);
      expect(String(draft)).toBe('[object Object]');
      expect(Reflect.apply(draft.hasOwnProperty, draft, ['user'])).toBe(true);
      expect(draft.constructor).toBe(Object);
      expect(Object.getOwnPropertyDescriptor(draft, 'n')).toEqual({
        value: 1,
        writable: true,
        enumerable: true,
        configurable: true,
      });
    });
  });

  it('has an object without a prototype for a base', () => {
    const bare = Object.freeze(
      Object.assign(Object.create(null) as Loose, { a: freeze({ b: 1 }) }),
    );
    const next = change<Loose>(bare, (draft) => {
      expect(['toString' in draft, Object.getPrototypeOf(draft)]).toEqual([false, null]);
      draft.a.b = 2;
    });
    expect([Object.getPrototypeOf(next), next.a.b]).toEqual([null, 2]);
  });

  it('holds __proto__ as a key like any other', () => {
    const odd = freeze(JSON.parse('{"__proto__":{"x":1},"a":1}') as Loose);
    const next = change<Loose>(odd, (draft) => {
      expect(Object.keys(draft)).toEqual(['__proto__', 'a']);
      draft['__proto__'].x = 2;
    });
    expect(JSON.stringify(next)).toBe('{"__proto__":{"x":2},"a":1}');
    expect(Object.getPrototypeOf(next)).toBe(Object.prototype);
  });

  it('lets nobody reach the prototype of objects through __proto__', () => {
    const next = change<Loose>(base, (draft) => {
      expect(draft['__proto__']).toBe(Object.prototype);
      draft.byId['__proto__'] = { qty: 3 };
      Object.assign(draft.user, JSON.parse('{"__proto__":{"admin":true}}'));
      expect(draft.user.admin).toBeUndefined();
    });
    expect(Object.getPrototypeOf(next.user)).toBe(Object.prototype);
    expect(JSON.stringify(next.user)).toBe(
      '{"name":"Ada","address":{"city":"London"},"__proto__":{"admin":true}}',
    );
    expect(JSON.stringify(next.byId)).toContain('"__proto__":{"qty":3}');
    expect(({} as Loose).admin).toBeUndefined();
  });

  it('writes one zero over the other, and takes NaN for itself', () => {
    expect(
      Object.is(change({ z: 0, y: 1 }, (draft) => void ((draft.y = 2), (draft.z = -0))).z, -0),
    ).toBe(true);
    const odd = Object.freeze({ n: NaN });
    expect(change(odd, (draft) => void (draft.n = NaN))).toBe(odd);
  });

  it('leaves a base as it is that is not frozen', () => {
    const open = { a: { b: 1 }, c: { d: 1 } };
    const next = change(open, (draft) => void (draft.a.b = 2));
    expect(open).toEqual({ a: { b: 1 }, c: { d: 1 } });
    expect([Object.isFrozen(open), Object.isFrozen(open.c), next.c === open.c]).toEqual([
      false,
      false,
      true,
    ]);
  });

  it('runs a recipe over a state that is no object', () => {
    expect(change(1, (n) => n + 1)).toBe(2);
    expect(change('x', () => undefined)).toBe('x');
    expect(change<Loose>(null, () => ({ a: 1 }))).toEqual({ a: 1 });
  });

  it('reads parts of a class as they are', () => {
    const at = new Date(0);
    const next = change({ at, n: 1 }, (draft) => {
      expect(draft.at).toBe(at);
      draft.n = 2;
    });
    expect(next.at).toBe(at);
  });
});
