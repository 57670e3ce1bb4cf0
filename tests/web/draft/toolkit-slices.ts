import {
  createAsyncThunk,
  createEntityAdapter,
  createSlice,
  current,
  isAnyOf,
  nanoid,
  original,
  type PayloadAction,
  type UnknownAction,
} from '@reduxjs/toolkit';
import type { Dice } from './random/data.js';

/** A slice of Redux Toolkit, and random actions for it. */
export interface Case {
  name: string;
  reducer: (state: object | undefined, action: UnknownAction) => unknown;
  action: (dice: Dice) => UnknownAction;
}

interface Item {
  id: string | number;
  qty: number;
  tags?: string[];
  box?: { at: number };
}

const IDS = ['a', 'b', 'c', 'd', 'zz', 1, 2, 3, 10];

function item(dice: Dice): Item {
  return {
    id: dice.of(IDS),
    qty: dice.below(5),
    ...(dice.chance(0.5) && { tags: dice.list(2, () => dice.of(['x', 'y'])) }),
    ...(dice.chance(0.3) && { box: { at: dice.below(9) } }),
  };
}

function update(dice: Dice): { id: string | number; changes: Partial<Item> } {
  const { id: other, ...changes } = item(dice);
  return { id: dice.of(IDS), changes: dice.chance(0.15) ? { id: other, ...changes } : changes };
}

function adapterCase(name: string, sortComparer: false | ((a: Item, b: Item) => number)): Case {
  const adapter = createEntityAdapter<Item>({ sortComparer });
  const items = createSlice({
    name,
    initialState: adapter.getInitialState({ changes: 0 }),
    reducers: {
      addOne: adapter.addOne,
      addMany: adapter.addMany,
      setOne: adapter.setOne,
      setMany: adapter.setMany,
      setAll: adapter.setAll,
      removeOne: adapter.removeOne,
      removeMany: adapter.removeMany,
      removeAll: adapter.removeAll,
      updateOne: adapter.updateOne,
      updateMany: adapter.updateMany,
      upsertOne: adapter.upsertOne,
      upsertMany: adapter.upsertMany,
      /** Edits of its own, between those of the adapter. */
      both(state, { payload }: PayloadAction<Item>) {
        for (const id of state.ids) state.entities[id]!.qty += 1;
        adapter.upsertOne(state, payload);
        state.changes += 1;
        adapter.removeOne(state, current(state).ids[0] ?? 'none');
      },
      bump(state, { payload }: PayloadAction<string>) {
        const found = state.entities[payload];
        if (found !== undefined) (found.tags ??= []).push('bumped');
      },
    },
    extraReducers: (builder) => {
      builder.addMatcher(isAnyOf(adapterAction), (state) => {
        state.changes += 1;
      });
    },
  });
  const { actions } = items;
  const manyOf = (dice: Dice): Item[] | Record<string, Item> => {
    const list = dice.list(4, () => item(dice));
    return dice.chance(0.5) ? list : Object.fromEntries(list.map((each) => [each.id, each]));
  };
  return {
    name,
    reducer: items.reducer as Case['reducer'],
    action: (dice) =>
      dice.of<() => UnknownAction>([
        () => actions.addOne(item(dice)),
        () => actions.addMany(manyOf(dice)),
        () => actions.setOne(item(dice)),
        () => actions.setMany(manyOf(dice)),
        () => (dice.chance(0.2) ? actions.setAll(manyOf(dice)) : actions.bump(`${dice.of(IDS)}`)),
        () => actions.removeOne(dice.of(IDS)),
        () => actions.removeMany(dice.list(2, () => dice.of(IDS))),
        () => (dice.chance(0.2) ? actions.removeAll() : actions.both(item(dice))),
        () => actions.updateOne(update(dice)),
        () => actions.updateMany(dice.list(3, () => update(dice))),
        () => actions.upsertOne(item(dice)),
        () => actions.upsertMany(manyOf(dice)),
        () => actions.both(item(dice)),
      ])(),
  };
}

function adapterAction(action: unknown): action is UnknownAction {
  return (action as UnknownAction).type.endsWith('Many');
}

const load = createAsyncThunk('board/load', (list: string) => list);

interface Board {
  lists: Record<string, { id: string; text: string; done: boolean }[]>;
  order: string[];
  log: string[];
  loading: Record<string, string>;
  last?: unknown;
}

const emptyBoard: Board = {
  lists: { todo: [], done: [] },
  order: ['todo', 'done'],
  log: [],
  loading: {},
};

const board = createSlice({
  name: 'board',
  initialState: () => emptyBoard,
  reducers: {
    added: {
      reducer(state, { payload }: PayloadAction<{ id: string; text: string; list: string }>) {
        const { list, ...card } = payload;
        (state.lists[list] ??= []).push({ ...card, done: false });
        if (!state.order.includes(list)) state.order.unshift(list);
      },
      prepare: (text: string, list: string, id = nanoid()) => ({
        payload: { id, text, list },
        meta: { by: 'test' },
      }),
    },
    moved(state, { payload }: PayloadAction<{ from: string; to: string; at: number }>) {
      const from = state.lists[payload.from];
      const [card] = from?.splice(payload.at, 1) ?? [];
      if (card === undefined) return;
      card.done = payload.to === 'done';
      (state.lists[payload.to] ??= []).splice(payload.at, 0, card);
      state.last = card;
    },
    toggled(state, { payload }: PayloadAction<string>) {
      for (const list of Object.values(state.lists)) {
        const card = list.find(({ text }) => text === payload);
        if (card) card.done = !card.done;
      }
    },
    cleared: (state) => ({ ...emptyBoard, log: state.log }),
    dropped(state, { payload }: PayloadAction<string>) {
      delete state.lists[payload];
      state.order = state.order.filter((each) => each !== payload);
    },
    sorted(state) {
      for (const list of Object.values(state.lists))
        list.sort((a, b) => (a.text < b.text ? -1 : 1));
      state.order.reverse();
    },
    /** Changes and returns: Toolkit refuses it. */
    wrong(state) {
      state.order.push('wrong');
      return { ...emptyBoard };
    },
    compared(state) {
      state.last = original(state)?.order === current(state).order;
    },
  },
  extraReducers: (builder) => {
    builder
      .addCase(load.pending, (state, { meta }) => {
        state.loading[meta.arg] = meta.requestId;
      })
      .addCase(load.fulfilled, (state, { meta, payload }) => {
        delete state.loading[meta.arg];
        state.lists[payload] = [{ id: meta.requestId, text: payload, done: false }];
      })
      .addCase(load.rejected, (state, { meta, error }) => {
        delete state.loading[meta.arg];
        state.last = { error: error.message };
      })
      .addMatcher(
        ({ type }) => type.endsWith('ed'),
        (state, { type }) => {
          state.log.push(type);
          if (state.log.length > 5) state.log.shift();
        },
      )
      .addMatcher(
        ({ type }) => type === 'board/toggled',
        (state) => ({ ...state, toggles: true }),
      )
      .addMatcher(isAnyOf(board0), (state) => void (state.order = [...state.order]))
      .addDefaultCase((state, { type }) => {
        state.last = type;
      });
  },
});

function board0(action: unknown): action is UnknownAction {
  return (action as UnknownAction).type === 'board/toggled';
}

const LISTS = ['todo', 'done', 'later', '7'];

const boardCase: Case = {
  name: 'board',
  reducer: board.reducer as Case['reducer'],
  action: (dice) => {
    const { actions } = board;
    const list = (): string => dice.of(LISTS);
    const text = dice.of(['t', 'u', 'v']);
    const id = `r${dice.below(100)}`;
    return dice.of<() => UnknownAction>([
      () => actions.added(text, list(), id),
      () => actions.added(text, list(), id),
      () => actions.moved({ from: list(), to: list(), at: dice.below(3) }),
      () => actions.moved({ from: list(), to: list(), at: dice.below(3) }),
      () => actions.toggled(text),
      () => (dice.chance(0.2) ? actions.cleared() : actions.sorted()),
      () => actions.dropped(list()),
      () => (dice.chance(0.5) ? actions.wrong() : actions.compared()),
      () => load.pending(id, list()),
      () => load.fulfilled(list(), id, list()),
      () => load.rejected(new Error('on purpose'), id, list()),
      () => ({ type: dice.of(['other', 'other/thing']) }),
    ])();
  },
};

const bySize = (a: Item, b: Item): number => a.qty - b.qty;

export const toolkitCases: Case[] = [
  adapterCase('an entity adapter', false),
  adapterCase('a sorted entity adapter', bySize),
  boardCase,
];
