import { expect, it } from 'vitest';
import { draft } from '../../../web/draft/draft.js';
import { materialize } from '../../../web/draft/materialize.js';
import { HOLE, isUnchanged, type Part } from '../../../web/draft/part.js';
import { freeze } from './random/data.js';

/* eslint-disable @typescript-eslint/no-explicit-any -- recipes write what the types would not allow */
type Loose = any;

const base = freeze({
  n: 1,
  user: { name: 'Ada', at: { x: 1 } },
  list: [{ a: 1 }, { a: 2 }, 3, 4],
});

const partOf = (recipe: (draft: Loose) => unknown): Loose => draft<Loose>(base, recipe);

const members = (set: object): Map<string, unknown> => new Map(Object.entries(set));

it('nothing changed is the base itself', () => {
  for (const recipe of [
    () => undefined,
    (state: Loose) => state,
    (state: Loose) => void (state.n = 1),
  ]) {
    expect(partOf(recipe)).toEqual({ kind: 'kept', base, path: [] });
    expect(isUnchanged(partOf(recipe) as Part, base)).toBe(true);
  }
  expect(
    isUnchanged(
      draft<Loose>(5, () => 5),
      5,
    ),
  ).toBe(true);
  expect(
    isUnchanged(
      draft<Loose>(5, () => 6),
      5,
    ),
  ).toBe(false);
  expect(isUnchanged(partOf((state) => state.user) as Part, base)).toBe(false);
});

it('a part of the base that is returned is a reference to it', () => {
  const part = partOf((state) => state.user.at);
  expect(part.kind).toBe('kept');
  expect(part.base).toBe(base.user.at);
});

it('edits of an object are keys to set and keys to delete', () => {
  expect(
    partOf((state) => {
      state.user.name = 'Grace';
      delete state.n;
      state.more = { plain: [1] };
    }),
  ).toEqual({
    kind: 'edited-object',
    base,
    path: [],
    delete: ['n'],
    set: members({
      user: {
        kind: 'edited-object',
        base: base.user,
        path: ['user'],
        delete: [],
        set: members({ name: 'Grace' }),
        number: 0,
      },
      more: { kind: 'fresh', value: { plain: [1] } },
    }),
    number: 0,
  });
});

it('a key that has moved to the end is deleted and set', () => {
  const part = partOf((state) => {
    delete state.n;
    state.n = 1;
  });
  expect([part.delete, part.set]).toEqual([['n'], members({ n: 1 })]);
});

it('edits of an array are pieces of it and lists of parts', () => {
  const { set } = partOf(({ list }) => {
    list.unshift('new');
    list[2].a = 5;
    list.splice(3, 1);
    list.length = 6;
    list[6] = list[0];
  });
  expect(set.get('list').pieces).toEqual([
    { parts: ['new'] },
    { from: 0, to: 1 },
    {
      parts: [
        {
          kind: 'edited-object',
          base: base.list[1],
          path: ['list', 1],
          delete: [],
          set: members({ a: 5 }),
          number: 0,
        },
      ],
    },
    { from: 3, to: 4 },
    { parts: [HOLE, HOLE, 'new'] },
  ]);
});

it('elements that have moved are pieces, too', () => {
  const pieces = (recipe: (list: Loose) => unknown): unknown =>
    partOf(({ list }) => void recipe(list)).set.get('list').pieces;
  expect(pieces((list) => list.push(list.shift()))).toEqual([
    { from: 1, to: 4 },
    { from: 0, to: 1 },
  ]);
  expect(pieces((list) => ([list[0], list[1]] = [list[1], list[0]]))).toEqual([
    { from: 1, to: 2 },
    { from: 0, to: 1 },
    { from: 2, to: 4 },
  ]);
});

it('what stands in two places is one part with a number', () => {
  const part = partOf((state) => {
    state.user.name = 'Grace';
    state.me = state.user;
    state.box = { user: state.user };
    state.box2 = state.box;
  });
  const [user, me, box, box2] = ['user', 'me', 'box', 'box2'].map(
    (key) => part.set.get(key) as Loose,
  );
  expect([me === user, box2 === box, box.members.get('user') === user]).toEqual([true, true, true]);
  expect([user.number, box.number].sort()).toEqual([1, 2]);
  const next = materialize(part as Part) as Loose;
  expect([next.me === next.user, next.box2 === next.box, next.box.user === next.user]).toEqual([
    true,
    true,
    true,
  ]);
});

it('a new value that holds parts lists its members, one that holds none does not', () => {
  const part = partOf((state) => ({
    user: state.user,
    list: [state.list[0], 7],
    plain: { a: [1, {}] },
  }));
  expect(part).toEqual({
    kind: 'new-object',
    value: expect.anything() as unknown,
    members: members({
      user: { kind: 'kept', base: base.user, path: ['user'] },
      list: {
        kind: 'new-array',
        value: expect.anything() as unknown,
        elements: [{ kind: 'kept', base: base.list[0], path: ['list', 0] }, 7],
        number: 0,
      },
      plain: { kind: 'fresh', value: { a: [1, {}] } },
    }),
    number: 0,
  });
});

it('a part that is known to be kept is a reference, without a look inside', () => {
  const { at } = base.user;
  const part = draft<Loose>(
    base,
    (state) => void (state.box = [at]),
    (value) => value === at,
  ) as Loose;
  expect(part.set.get('box').elements).toEqual([{ kind: 'kept', base: at }]);
});

it('a new object stays the object it is, with values where it held drafts', () => {
  const box: Loose = { plain: { a: 1 } };
  const next = materialize(
    partOf((state) => {
      box.user = state.user;
      state.box = box;
    }) as Part,
  ) as Loose;
  expect(next.box).toBe(box);
  expect(box).toEqual({ plain: { a: 1 }, user: base.user });
  expect(next.box.user).toBe(base.user);
  expect([Object.isFrozen(box), Object.isFrozen(box.plain)]).toEqual([true, true]);
});

it('a frozen new object that holds drafts is copied', () => {
  const next = materialize(
    partOf(
      (state) => void (state.box = Object.freeze({ in: Object.freeze([state.user]) })),
    ) as Part,
  ) as Loose;
  expect(next.box).toEqual({ in: [base.user] });
  expect(next.box.in[0]).toBe(base.user);
});

it('can be made into values more than once', () => {
  const part = partOf((state) => {
    state.user.name = 'x';
    state.box = { user: state.user, list: [state.list] };
  }) as Part;
  expect(materialize(part)).toEqual(materialize(part));
});
