// @vitest-environment jsdom
import {
  configureStore,
  createSlice,
  prepareAutoBatched,
  type EnhancedStore,
} from '@reduxjs/toolkit';
import { loadEngine } from 'isthmus';
import { isthmusEnhancer, isthmusMiddleware } from 'isthmus/redux';
import { describe, expect, it, vi } from 'vitest';

await loadEngine();

const list = createSlice({
  name: 'list',
  initialState: [] as string[],
  reducers: {
    add: (state, { payload }: { payload: string }) => void state.push(payload),
    addLater: {
      reducer: (state, { payload }: { payload: string }) => void state.push(payload),
      prepare: prepareAutoBatched<string>(),
    },
  },
});
const { add, addLater } = list.actions;
const reducer = { list: list.reducer };
const autoBatch = { type: 'tick' } as const;

const isthmusStore = () =>
  configureStore({
    reducer,
    middleware: (defaults) => defaults().concat(isthmusMiddleware),
    enhancers: (defaults) => defaults({ autoBatch }).prepend(isthmusEnhancer()),
  });
const stores: [string, () => EnhancedStore<{ list: string[] }>][] = [
  [
    'configureStore alone',
    () => configureStore({ reducer, enhancers: (defaults) => defaults({ autoBatch }) }),
  ],
  ['configureStore with isthmusEnhancer', isthmusStore],
];

describe.each(stores)('autoBatchEnhancer in %s', (_name, open) => {
  it('tells listeners once of many low-priority actions, whose state is there at once', async () => {
    const store = open();
    const listener = vi.fn();
    store.subscribe(listener);
    for (const item of ['a', 'b', 'c']) store.dispatch(addLater(item));
    expect(store.getState().list).toEqual(['a', 'b', 'c']);
    expect(listener).not.toHaveBeenCalled();
    await Promise.resolve();
    expect(listener).toHaveBeenCalledTimes(1);
  });

  it('an ordinary action tells of all before it', async () => {
    const store = open();
    const listener = vi.fn();
    store.subscribe(listener);
    store.dispatch(addLater('a'));
    store.dispatch(add('b'));
    expect(listener).toHaveBeenCalledTimes(1);
    await Promise.resolve();
    expect(listener).toHaveBeenCalledTimes(1);
  });
});

it('watchers are told when listeners are', async () => {
  const store = isthmusStore();
  const told = vi.fn(() => store.read(['list', 'length']));
  store.watch(['list'], told);
  for (const item of ['a', 'b', 'c']) store.dispatch(addLater(item));
  expect(told).not.toHaveBeenCalled();
  await Promise.resolve();
  expect(told.mock.results).toEqual([{ type: 'return', value: 3 }]);
});
