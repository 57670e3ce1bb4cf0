// Many listeners, few of them concerned: one dispatch changes one cell of a board.

import { createSlice } from '@reduxjs/toolkit';
import { defineSlice } from 'isthmus';
import { payload, set } from 'isthmus/program';
import { isthmusStore, reduxStore, rtkStore, zustandStore } from '../stores.mjs';

/** More listeners on as many keys: the number that is called grows with the size. */
export const watchers = {
  name: 'watchers',
  title: 'Tell n listeners on 100 keys that one key has changed',
  sizes: [10_000, 100_000],
  contenders: (size) => boards(size, 100, { isthmus, redux, rtk, zustand }),
};

/**
 * More listeners on more keys: 100 of them are called whatever the size. The emitter shows what calling
 * them costs when there are more listeners than the caches hold.
 */
export const watchersPerKey = {
  name: 'watchers-per-key',
  title: 'Tell n listeners, 100 on each key, that one key has changed',
  sizes: [10_000, 100_000],
  contenders: (size) => boards(size, size / 100, { isthmus, redux, rtk, zustand, emitter }),
};

function boards(listeners, keys, make) {
  const cells = Array.from({ length: keys }, (_, i) => `cell-${i}`);
  const initialState = Object.fromEntries(cells.map((cell) => [cell, 0]));
  return Object.fromEntries(
    Object.entries(make).map(([name, board]) => {
      const { change, listen } = board(initialState);
      return [name, telling(change, listen, cells, listeners)];
    }),
  );
}

/** Each call changes the next cell; its value is the number of listeners told so far. */
function telling(change, listen, cells, listeners) {
  let told = 0;
  const tell = () => {
    told += 1;
  };
  for (let i = 0; i < listeners; i++) listen(cells[i % cells.length], tell);
  let turn = 0;
  return () => {
    turn += 1;
    change({ cell: cells[turn % cells.length], value: turn });
    return told;
  };
}

function isthmus(initialState) {
  const board = defineSlice({
    name: 'board',
    initialState,
    reducers: { move: [set([payload('cell')], payload('value'))] },
  });
  const store = isthmusStore([board]);
  return {
    change: (move) => store.dispatch(board.actions.move(move)),
    listen(cell, tell) {
      const path = ['board', cell];
      let last = store.read(path);
      store.watch(path, () => {
        last = store.read(path);
        if (last !== undefined) tell();
      });
    },
  };
}

/** Redux tells everybody, so each listener selects its cell and compares. */
function selecting(store, change) {
  return {
    change,
    listen(cell, tell) {
      let last = store.getState().board[cell];
      store.subscribe(() => {
        const next = store.getState().board[cell];
        if (next === last) return;
        last = next;
        tell();
      });
    },
  };
}

function redux(initialState) {
  const board = (state = initialState, { type, payload: move }) =>
    type === 'board/move' ? { ...state, [move.cell]: move.value } : state;
  const store = reduxStore({ board });
  return selecting(store, (move) => store.dispatch({ type: 'board/move', payload: move }));
}

function rtk(initialState) {
  const { reducer, actions } = createSlice({
    name: 'board',
    initialState,
    reducers: { move: (state, { payload: move }) => void (state[move.cell] = move.value) },
  });
  const store = rtkStore({ board: reducer });
  return selecting(store, (move) => store.dispatch(actions.move(move)));
}

function zustand(initialState) {
  const store = zustandStore({ board: initialState });
  return selecting(store, ({ cell, value }) =>
    store.setState(({ board }) => void (board[cell] = value)),
  );
}

/** A list of listeners for each cell, and nothing else. */
function emitter(initialState) {
  const values = { ...initialState };
  const listeners = new Map(Object.keys(values).map((cell) => [cell, []]));
  return {
    change({ cell, value }) {
      values[cell] = value;
      for (const listener of listeners.get(cell)) listener();
    },
    listen(cell, tell) {
      const path = ['board', cell];
      let last = values[cell];
      listeners.get(cell).push(() => {
        last = values[path[1]];
        if (last !== undefined) tell();
      });
    },
  };
}
