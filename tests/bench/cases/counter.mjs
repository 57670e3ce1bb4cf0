import { createSlice } from '@reduxjs/toolkit';
import { defineSlice, native } from 'isthmus';
import { inc } from 'isthmus/program';
import { changing, isthmusStore, reduxStore, rtkStore, subscribed } from '../stores.mjs';
import { zustandStore } from '../stores.mjs';

export const name = 'counter';
export const title = 'Count up in one of n slices';
export const sizes = [1, 10, 100];

export function contenders(size) {
  const names = Array.from({ length: size }, (_, i) => `counter${i}`);
  return {
    isthmus: isthmus(names),
    draft: draft(names),
    redux: redux(names),
    rtk: rtk(names),
    zustand: zustand(names),
  };
}

const initialState = { value: 0 };

function byName(names, make) {
  return Object.fromEntries(names.map((name) => [name, make(name)]));
}

function isthmus(names) {
  const slices = names.map((name) =>
    defineSlice({ name, initialState, reducers: { add: [inc('/value')] } }),
  );
  return held(slices, names);
}

/** Slices of Redux Toolkit that the engine holds. */
function draft(names) {
  return held(rtkSlices(names).map(native), names);
}

function held(slices, names) {
  const store = isthmusStore(slices);
  const path = [names[0], 'value'];
  return changing(
    () => store.dispatch(slices[0].actions.add()),
    (listener) => store.watch(path, listener),
    () => store.read(path),
  );
}

function redux(names) {
  const reducerOf = (name) => {
    const added = `${name}/add`;
    return (state = initialState, { type }) =>
      type === added ? { ...state, value: state.value + 1 } : state;
  };
  const store = reduxStore(byName(names, reducerOf));
  const add = () => store.dispatch({ type: 'counter0/add' });
  return subscribed(store, add, ({ counter0 }) => counter0.value);
}

function rtkSlices(names) {
  return names.map((name) =>
    createSlice({ name, initialState, reducers: { add: (state) => void (state.value += 1) } }),
  );
}

function rtk(names) {
  const slices = rtkSlices(names);
  const store = rtkStore(Object.fromEntries(slices.map(({ name, reducer }) => [name, reducer])));
  const add = () => store.dispatch(slices[0].actions.add());
  return subscribed(store, add, ({ counter0 }) => counter0.value);
}

function zustand(names) {
  const store = zustandStore(byName(names, () => initialState));
  const add = () => store.setState((state) => void (state.counter0.value += 1));
  return subscribed(store, add, ({ counter0 }) => counter0.value);
}
