import { describe, expect, it } from 'vitest';
import { change, changeAsImmer } from './change.js';
import { freeze } from './random/data.js';

/* eslint-disable @typescript-eslint/no-explicit-any -- recipes write what the types would not allow */
type Loose = any;

const items = [{ id: 3 }, { id: 1 }, { id: 2 }, { id: 5 }];
const state = { items, tags: ['b', 'a', 'c', 'a'], other: { list: [{ id: 9 }] } };

describe('a draft of an array makes what Immer makes', () => {
  it.each<[string, (draft: Loose) => unknown]>([
    ['by push', ({ items }) => items.push({ id: 7 }, items[0])],
    ['by push of nothing', ({ items }) => items.push()],
    ['by pop', ({ items }) => items.pop().id],
    ['by shift', ({ items }) => items.shift().id],
    ['by unshift', ({ items }) => items.unshift({ id: 7 }, items[3])],
    ['by splice', ({ items }) => items.splice(1, 2, { id: 8 }).length],
    ['by splice from the end', ({ items }) => items.splice(-2, 1).length],
    ['by splice of all that follows', ({ items }) => items.splice(2).length],
    ['by splice without arguments', ({ items }) => items.splice().length],
    ['by splice that puts back what it took', ({ items }) => items.splice(1, 1, items[1]).length],
    ['by sort', ({ items }) => items.sort((a: Loose, b: Loose) => a.id - b.id).length],
    ['by sort of texts', ({ tags }) => tags.sort().length],
    ['by sort of what is sorted', ({ other }) => other.list.sort().length],
    ['by reverse', ({ items, tags }) => items.reverse().length + tags.reverse().length],
    ['by fill', ({ items, tags }) => [items.fill(items[0], 1, 3), tags.fill('x')].length],
    [
      'by copyWithin',
      ({ items, tags }) => [items.copyWithin(0, 2), tags.copyWithin(1, 0, 2)].length,
    ],
    ['by a shorter length', ({ items }) => (items.length = 1)],
    ['by length 0', ({ items }) => (items.length = 0)],
    ['by the same length', ({ items }) => (items.length = 4)],
    ['by an index', ({ items }) => (items[1] = { id: 0 }).id],
    ['by the index behind the last', ({ items }) => (items[4] = { id: 0 }).id],
    ['by an index and what is there', ({ tags }) => (tags[1] = 'a')],
    ['by deleting an index', ({ items }) => delete items[1]],
    ['by swapping', ({ items }) => void ([items[0], items[1]] = [items[1], items[0]])],
    ['by moving an element elsewhere', (draft) => draft.other.list.push(draft.items.shift())],
    [
      'by moving and changing it',
      (draft) => {
        draft.other.list.unshift(...draft.items.splice(1, 2));
        draft.other.list[0].id = 100;
      },
    ],
    [
      'by changing what has moved up',
      ({ items }) => {
        items.shift();
        items[0].id = 100;
        items.shift();
        items[0].id = 101;
      },
    ],
    [
      'by filtering in place of it',
      (draft) => {
        draft.items = draft.items.filter(({ id }: Loose) => id > 1);
      },
    ],
    [
      'by changing what find finds',
      ({ items }) => void (items.find(({ id }: Loose) => id === 2).id = 22),
    ],
    [
      'by changing what filter keeps',
      ({ items }) => {
        for (const item of items.filter(({ id }: Loose) => id > 2)) item.id *= 10;
      },
    ],
    [
      'by for of',
      ({ items }) => {
        for (const item of items) item.done = true;
      },
    ],
    [
      'by forEach and entries',
      ({ items, tags }) => {
        items.forEach((item: Loose, i: number) => (item.at = i));
        for (const [i, tag] of tags.entries()) tags[i] = tag + tag;
      },
    ],
    [
      'by map, which makes new elements',
      (draft) => {
        draft.items = draft.items.map((item: Loose) =>
          item.id === 1 ? { ...item, on: true } : item,
        );
      },
    ],
    ['by a spread', (draft) => void (draft.items = [...draft.items, { id: 4 }])],
    [
      'by with, toSorted and toReversed',
      (draft) => {
        draft.a = draft.items.with(0, { id: 0 });
        draft.b = draft.items.toSorted((a: Loose, b: Loose) => a.id - b.id);
        draft.c = draft.items.toReversed();
        draft.d = draft.items.toSpliced(1, 1);
      },
    ],
    [
      'by concat and flat',
      (draft) => {
        draft.a = draft.items.concat(draft.other.list, [1]);
        draft.b = [draft.items, [draft.tags]].flat(2);
      },
    ],
    ['by returning elements', ({ items }) => items.filter(({ id }: Loose) => id > 1)],
    [
      'by a queue that is worked off',
      ({ tags }) => {
        while (tags.length > 0) tags.shift();
        tags.push('end');
      },
    ],
    [
      'by a new array that is changed later',
      (draft) => {
        draft.fresh = [1];
        draft.fresh.push(draft.items[0]);
        draft.fresh[1].id = 77;
      },
    ],
  ])('%s', (_, recipe) => {
    changeAsImmer<Loose>(structuredClone(state), (draft) => void recipe(draft));
  });

  it('when the state is one', () => {
    changeAsImmer([{ a: 1 }, { a: 2 }], (draft) => void draft.splice(0, 1));
    changeAsImmer([1, 2, 3], (draft) => draft.filter((n) => n > 1));
  });

  it('after so many changes that it is told anew', () => {
    const list = Array.from({ length: 2000 }, (_, id) => ({ id }));
    changeAsImmer<Loose>(list, (draft) => {
      for (let i = 0; i < 1900; i += 3) draft[i] = { id: -i };
      for (let i = 0; i < 300; i++) draft.splice((i * 7) % 1500, 2, draft[5], { id: i });
      for (let i = 0; i < 200; i++) draft[(i * 11) % draft.length].seen = i;
      draft.reverse();
    });
  });
});

describe('a draft of an array', () => {
  const base = freeze(structuredClone(state));
  const look = (test: (draft: Loose) => void): void =>
    void change<Loose>(base, (draft) => void test(draft));

  it('passes for one', () => {
    look(({ items }) => {
      expect([Array.isArray(items), items instanceof Array, items.length]).toEqual([true, true, 4]);
      expect(Object.getPrototypeOf(items)).toBe(Array.prototype);
      expect(Object.prototype.toString.call(items)).toBe('[object Array]');
      expect(Object.keys(items)).toEqual(['0', '1', '2', '3']);
      expect([1 in items, 9 in items, '01' in items, 'push' in items]).toEqual([
        true,
        false,
        false,
        true,
      ]);
      expect(JSON.stringify(items)).toBe(JSON.stringify(base.items));
      expect(items['01']).toBeUndefined();
    });
  });

  it('gives the same draft for an element, wherever it has moved', () => {
    look(({ items }) => {
      const [, second, , last] = items;
      expect(items[1] === second).toBe(true);
      items.unshift({ id: 0 });
      expect(items[2] === second && items.at(-1) === last).toBe(true);
      items.reverse();
      expect([items.indexOf(second), items.lastIndexOf(last), items.includes(second)]).toEqual([
        2,
        0,
        true,
      ]);
      expect(items.findIndex((item: Loose) => item === second)).toBe(2);
      expect(items.findLast((item: Loose) => item.id === 1) === second).toBe(true);
    });
  });

  it('gives what its methods give', () => {
    look(({ items, tags }) => {
      expect(tags.join('-')).toBe('b-a-c-a');
      expect(tags.push('d', 'e')).toBe(6);
      expect([tags.pop(), tags.shift(), tags.unshift('z')]).toEqual(['e', 'b', 5]);
      expect(tags.splice(1, 2)).toEqual(['a', 'c']);
      expect(tags.reduce((sum: string, tag: string) => sum + tag, '')).toBe('zad');
      expect(items.splice(0, 2).map(({ id }: Loose) => id)).toEqual([3, 1]);
      expect([[].pop.call(tags), [].shift.call(tags)]).toEqual(['d', 'z']);
      expect(items.splice.call([1, 2, 3], 0, 2)).toEqual([1, 2]);
    });
  });

  it('has holes where JavaScript has them', () => {
    const next = change<Loose>(base, ({ tags, items }) => {
      tags.length = 6;
      items[6] = 1;
      expect([5 in tags, tags[5], Object.keys(tags).length]).toEqual([false, undefined, 4]);
    });
    expect([next.tags.length, 4 in next.tags, 5 in next.items, next.items[6]]).toEqual([
      6,
      false,
      false,
      1,
    ]);
  });

  it('keeps the holes of its base', () => {
    const sparse = Object.freeze([1, , 3, , 5]); // eslint-disable-line no-sparse-arrays
    const next = change<Loose>(sparse, (draft) => void draft.splice(2, 1));
    expect([next.length, 1 in next, 2 in next, next[3]]).toEqual([4, false, false, 5]);
  });

  it('holds an element raw that was taken from the original, until it stands where it stood', () => {
    changeAsImmer<Loose>(structuredClone(state), (draft) => {
      const [first, second] = [...draft.items];
      draft.items[0] = second;
      draft.items[1] = first;
      draft.items[1].id = 50;
    });
  });
});
