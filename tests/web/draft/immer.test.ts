import { describe, expect, it } from 'vitest';
import { draft } from '../../../web/draft/draft.js';
import { isUnchanged } from '../../../web/draft/part.js';
import { change } from './change.js';
import { immerBuilds } from './immer-builds.js';
import { freeze } from './random/data.js';

interface State {
  n: number;
  user: { name: string; tags: string[] };
  items: { qty: number; deep?: { at: number[] } }[];
  extra?: unknown;
}

const base = freeze<State>({
  n: 0,
  user: { name: 'Ada', tags: ['a', 'b'] },
  items: [{ qty: 1 }, { qty: 2, deep: { at: [1, 2] } }],
});

describe.each(immerBuilds)('$file', ({ immer }) => {
  it('knows a draft, a part of it and what is none', () => {
    change(base, (state) => {
      const drafts = [state, state.user, state.items, state.items[0]];
      expect(drafts.every((each) => immer.isDraft(each))).toBe(true);
      expect([base, state.n, { state }].some((each) => immer.isDraft(each))).toBe(false);
    });
  });

  it('finds the original of each part, before and after it has changed', () => {
    change(base, (state) => {
      for (const write of [() => undefined, () => (state.items[1]!.deep!.at[0] = 7)]) {
        write();
        expect(immer.original(state)).toBe(base);
        expect(immer.original(state.user)).toBe(base.user);
        expect(immer.original(state.items)).toBe(base.items);
        expect(immer.original(state.items[1])).toBe(base.items[1]);
      }
    });
  });

  it('gives the state itself as what an unchanged draft is now', () => {
    change(base, (state) => {
      expect(immer.current(state)).toBe(base);
      expect(immer.current(state.items)).toBe(base.items);
      expect(immer.isDraft(state) && immer.current(state.user)).toBe(base.user);
    });
  });

  it('copies what has changed, and keeps the parts that have not', () => {
    let now: State | undefined;
    const next = change(base, (state) => {
      const { user } = state;
      state.items[1]!.qty = 9;
      state.items.push({ qty: 3 });
      state.extra = { user, list: [state.items[0]] };
      now = immer.current(state);
      const items = immer.current(state.items);
      expect([Array.isArray(items), items.length]).toEqual([true, 3]);
      expect(items[0]).toBe(base.items[0]);
      state.items[1]!.qty = 10;
      state.items.pop();
    });
    expect(now).toEqual({
      n: 0,
      user: base.user,
      items: [{ qty: 1 }, { qty: 9, deep: { at: [1, 2] } }, { qty: 3 }],
      extra: { user: base.user, list: [{ qty: 1 }] },
    });
    expect(now!.user).toBe(base.user);
    expect(now!.items[1]!.deep).toBe(base.items[1]!.deep);
    expect(next.items).toEqual([{ qty: 1 }, { qty: 10, deep: { at: [1, 2] } }]);
  });

  it('leaves a draft as usable as it was', () => {
    change(base, (state) => {
      state.n = 1;
      immer.current(state);
      immer.original(state);
      expect(immer.isDraft(state.user)).toBe(true);
      state.user.name = 'Grace';
      expect(immer.current(state).user).toEqual({ name: 'Grace', tags: ['a', 'b'] });
    });
  });

  it('produces from a part of a draft, which stays as it is until the outcome is written', () => {
    const next = change(base, (state) => {
      const made = immer.produce(state.items[1]!, (item) => {
        item.deep!.at.push(3);
        item.qty += 1;
      });
      expect(made.qty).toBe(3);
      expect(immer.current(state)).toBe(base);
      state.items[1] = made;
    });
    expect(next.items).toEqual([{ qty: 1 }, { qty: 3, deep: { at: [1, 2, 3] } }]);
    expect(next.items[0]).toBe(base.items[0]);
    expect(next.user).toBe(base.user);
  });

  it('produces nothing from a part that its recipe leaves alone', () => {
    const part = draft(base, (state) => {
      state.user = immer.produce(state.user, () => undefined);
    });
    expect(isUnchanged(part, base)).toBe(true);
  });

  it('produces from what has changed already', () => {
    const next = change(base, (state) => {
      state.user.tags.push('c');
      state.user = immer.produce(state.user, (user) => {
        user.tags.shift();
      });
    });
    expect(next.user).toEqual({ name: 'Ada', tags: ['b', 'c'] });
  });

  it('applies patches to a draft', () => {
    immer.enablePatches();
    const next = change(base, (state) => {
      immer.applyPatches(state, [
        { op: 'add', path: ['items', 0], value: { qty: 0 } },
        { op: 'remove', path: ['items', 1] },
        { op: 'add', path: ['items', 1, 'deep', 'at', 0], value: 0 },
        { op: 'replace', path: ['user', 'name'], value: 'Grace' },
      ]);
      immer.applyPatches(state.items, [{ op: 'add', path: [1], value: { qty: 5 } }]);
      immer.applyPatches(state.user, [{ op: 'remove', path: ['tags'] }]);
    });
    expect(next).toEqual({
      n: 0,
      user: { name: 'Grace' },
      items: [{ qty: 0 }, { qty: 5 }, { qty: 2, deep: { at: [0, 1, 2] } }],
    });
  });

  it('sees whether a draft is modified, where it can ask that', () => {
    change(base, (state) => {
      expect(immer.isModified?.(state) ?? false).toBe(false);
      state.n = 1;
      expect(immer.isModified?.(state) ?? true).toBe(true);
      expect(immer.isModified?.(state.user) ?? false).toBe(false);
    });
  });

  it.each<[string, (state: State) => unknown]>([
    ['at once', (state) => ((state.n = 1), immer.current(state))],
    ['after a read', (state) => ((state.n = 1), state.user.name, immer.current(state))],
    ['asked for twice', (state) => (immer.current(state), (state.n = 1), immer.current(state))],
    [
      'beside the original',
      (state) => ((state.n = 1), immer.original(state), immer.current(state)),
    ],
    ['of a change in a part', (state) => ((state.user.name = 'x'), immer.current(state))],
    ['of the part alone', (state) => ((state.user.name = 'x'), immer.current(state.user))],
    ['spread', (state) => ((state.n = 1), { ...immer.current(state) })],
    ['or the original', (state) => ((state.n = 1), immer.current(state), immer.original(state))],
  ])('what is current, %s, cannot be returned beside a change', (_, recipe) => {
    const theirs = () => immer.produce(base, recipe);
    expect(theirs).toThrow(/returned a new value|error nr: 4/);
    expect(() => draft(base, recipe as never)).toThrow('returned another value');
  });

  it('what is current can be returned without a change', () => {
    expect(change(base, (state) => immer.current(state))).toBe(base);
    expect(change(base, (state) => ({ ...immer.current(state), n: 2 })).n).toBe(2);
  });
});
