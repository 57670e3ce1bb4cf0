import { describe, expect, it } from 'vitest';
import type { EngineError } from '../../../web/base/errors.js';
import { IsthmusError } from '../../../web/base/errors.js';
import { draft } from '../../../web/draft/draft.js';
import { current, isDraft, original } from '../../../web/draft/inspect.js';
import { freeze } from './random/data.js';

/* eslint-disable @typescript-eslint/no-explicit-any -- recipes write what the types would not allow */
type Loose = any;

const base = freeze({ n: 1, user: { name: 'Ada' }, items: [{ qty: 1 }] });

function refusal(recipe: (draft: Loose) => unknown): IsthmusError {
  try {
    draft<Loose>(base, recipe);
  } catch (error) {
    expect(error).toBeInstanceOf(IsthmusError);
    return error as IsthmusError;
  }
  throw new Error('it was not refused');
}

describe('a recipe that writes what is no plain data is refused with the place', () => {
  class Money {}
  it.each<[string, unknown, string]>([
    ['a function', () => undefined, 'a function is not data'],
    ['a symbol', Symbol('x'), 'a symbol is not data'],
    ['a bigint', 1n, 'a bigint is not data'],
    ['NaN', NaN, 'NaN is not data: a state holds finite numbers only'],
    ['Infinity', -Infinity, '-Infinity is not data: a state holds finite numbers only'],
    ['a Date', new Date(), 'a Date is not plain data'],
    ['a Map', new Map(), 'a Map is not plain data'],
    ['a Set', new Set(), 'a Set is not plain data'],
    ['an instance', new Money(), 'a Money is not plain data'],
  ])('%s', (_, value, message) => {
    const places: [(draft: Loose) => void, string][] = [
      [(state) => (state.user.name = value), '/user/name'],
      [(state) => (state['a/b~c'] = [1, { deep: value }]), '/a~1b~0c/1/deep'],
      [(state) => state.items.unshift({ qty: value }), '/items/0/qty'],
      [(state) => (state.items[0].qty = value), '/items/0/qty'],
      [(state) => state.items.push({ user: state.user, value }), '/items/1/value'],
    ];
    for (const [write, where] of places) {
      const error = refusal((state) => void write(state)) as EngineError;
      expect([error.code, error.where, error.message]).toEqual([
        'undecodable',
        where,
        `${message} (at ${where})`,
      ]);
    }
    expect(refusal(() => ({ x: value })).message).toBe(`${message} (at /x)`);
  });

  it('unless it is gone in the end', () => {
    draft<Loose>(base, (state) => {
      state.tmp = () => undefined;
      delete state.tmp;
    });
  });

  it('and so is a symbol as a key', () => {
    expect(refusal((state) => (state.user[Symbol('x')] = 1)).message).toBe(
      'a symbol is not a key of data (at /user)',
    );
  });
});

describe('a part that contains itself is refused', () => {
  it.each<[string, (draft: Loose) => void, string]>([
    ['a draft in itself', (state) => (state.user.self = state.user), '/user/self'],
    ['the whole in a part', (state) => (state.user.all = state), '/user/all'],
    ['inside a new object', (state) => (state.user.box = { in: [state.user] }), '/user/box/in/0'],
    ['in a list', (state) => state.items.push(state.items), '/items/1'],
    [
      'two in each other',
      (state) => ((state.user.a = state.items), state.items.push(state.user)),
      '/user/a/1',
    ],
    ['a new object', (state) => ((state.x = { y: [] }), state.x.y.push(state.x)), '/x/y/0'],
  ])('%s', (_, write, where) => {
    const error = refusal((state) => void write(state)) as EngineError;
    expect([error.code, error.where]).toEqual(['undecodable', where]);
    expect(error.message).toContain('a part of the state cannot contain itself');
  });
});

it('a recipe that changes its draft and returns another value is refused', () => {
  const what = 'a reducer has changed its draft and returned another value: do one of both';
  expect(refusal((state) => ((state.n = 2), { n: 3 })).message).toBe(what);
  expect(refusal((state) => ((state.user.name = 'x'), state.user)).message).toBe(what);
  expect(refusal((state) => ++state.n).message).toBe(what);
});

it('a recipe that returns a promise is refused, and its end is nobody’s failure', async () => {
  const error = refusal(async (state) => {
    state.n = 2;
    await Promise.resolve();
    state.n = 3;
  });
  expect(error.message).toContain('reducers are synchronous');
  await new Promise((resolve) => setTimeout(resolve));
});

it('a recipe that throws fails with what it threw, and its drafts have ended', () => {
  const thrown = new Error('on purpose');
  let kept: Loose;
  const run = (): unknown =>
    draft<Loose>(base, (state) => {
      state.n = 2;
      kept = state;
      throw thrown;
    });
  expect(run).toThrow(thrown);
  expect(() => kept.n as unknown).toThrow('after its reducer had ended');
  expect(base.n).toBe(1);
});

describe('a draft that is used after its reducer', () => {
  let kept: Loose;
  draft<Loose>(base, (state) => {
    kept = { object: state.user, array: state.items };
  });

  it.each<[string, () => unknown]>([
    ['read', () => kept.object.name],
    ['written', () => (kept.object.name = 1)],
    ['listed', () => Object.keys(kept.object)],
    ['asked for a key', () => 'name' in kept.object],
    ['spread', () => ({ ...kept.object })],
    ['rid of a key', () => delete kept.object.name],
    ['turned into JSON', () => JSON.stringify(kept)],
    ['an array that is read', () => kept.array[0]],
    ['an array that is measured', () => kept.array.length],
    ['an array that grows', () => kept.array.push(1)],
    ['an array that is gone through', () => [...kept.array]],
    ['an array that is written', () => (kept.array[0] = 1)],
    ['asked what it is', () => current(kept.object)],
    ['asked what it was', () => original(kept.array)],
  ])('says so when it is %s', (_, use) => {
    expect(use).toThrow(
      'a draft was used after its reducer had ended: keep current(draft) or single values, not drafts',
    );
  });

  it('is refused with the place where a later reducer writes it', () => {
    const error = refusal((state) => void (state.user.old = [kept.object])) as EngineError;
    expect([error.code, error.where]).toEqual(['disposed', '/user/old/0']);
    expect(error.message).toContain('after its reducer had ended');
  });
});

it('a draft of a reducer that still runs is no value for another', () => {
  draft<Loose>(base, (outer) => {
    const error = refusal((inner) => void (inner.x = outer.user)) as EngineError;
    expect(error.message).toBe(
      'a draft of another reducer that still runs: take current(draft) (at /x)',
    );
    outer.x = current(outer.user);
  });
});

describe('what a draft does not do says what to do instead', () => {
  it.each<[string, (draft: Loose) => unknown, string]>([
    ['define', (state) => Object.defineProperty(state, 'x', { value: 1 }), 'assign the value'],
    ['freeze', (state) => Object.freeze(state.user), 'is frozen when its reducer ends'],
    ['a prototype', (state) => Object.setPrototypeOf(state.items, null), 'holds plain data'],
    ['a name in an array', (state) => (state.items.name = 1), 'an array has indices and a length'],
    ['current of other things', () => current({}), 'current takes a draft'],
    ['original of other things', () => original(base), 'original takes a draft'],
    [
      'a million holes',
      (state) => (state.items.length = 2_000_000),
      'more than a million elements',
    ],
  ])('%s', (_, recipe, message) => {
    expect(refusal(recipe).message).toContain(message);
  });

  it('a length that is none', () => {
    expect(() => draft<Loose>(base, (state) => void (state.items.length = -1))).toThrow(RangeError);
  });
});

it('current, original and isDraft need no Immer', () => {
  draft<Loose>(base, (state) => {
    expect([isDraft(state), isDraft(state.items), isDraft(base), isDraft(1)]).toEqual([
      true,
      true,
      false,
      false,
    ]);
    expect([original(state), original(state.user), current(state)]).toEqual([
      base,
      base.user,
      base,
    ]);
    state.items.push({ qty: 2, by: state.user });
    state.late = { list: [1] };
    const now = current(state);
    state.late.list.push(2);
    state.user.name = 'x';
    expect(now).toEqual({
      ...base,
      items: [{ qty: 1 }, { qty: 2, by: { name: 'Ada' } }],
      late: { list: [1] },
    });
    expect([now.user, now.items[0], now.items[1].by]).toEqual([
      base.user,
      base.items[0],
      base.user,
    ]);
    expect(now.user === base.user && now.items[0] === base.items[0]).toBe(true);
    expect(current(state.user)).toEqual({ name: 'x' });
  });
});
