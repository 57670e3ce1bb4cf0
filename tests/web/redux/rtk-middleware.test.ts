// @vitest-environment jsdom
import {
  createAsyncThunk,
  createDynamicMiddleware,
  createListenerMiddleware,
  createSlice,
  TaskAbortError,
  type Middleware,
  type PayloadAction,
  type UnknownAction,
} from '@reduxjs/toolkit';
import { defineSlice, loadEngine } from 'isthmus';
import { inc } from 'isthmus/program';
import { describe, expect, it, vi } from 'vitest';

import { storeMakers } from './store-makers.js';

await loadEngine();

const counter = defineSlice({ name: 'counter', initialState: 0, reducers: { add: [inc('')] } });
const { add } = counter.actions;
interface Counted {
  counter: number;
}

describe.each(storeMakers)('createAsyncThunk on %s', (_name, open) => {
  const load = createAsyncThunk('book/load', async (id: string, { rejectWithValue, signal }) => {
    if (id === 'missing') return rejectWithValue({ status: 404 });
    if (id === 'broken') throw new TypeError('broken');
    if (id === 'slow') await new Promise((resolve) => signal.addEventListener('abort', resolve));
    return { id, title: `Title of ${id}` };
  });
  const book = createSlice({
    name: 'book',
    initialState: { status: 'idle', title: '' },
    reducers: {},
    extraReducers: (builder) =>
      builder
        .addCase(load.pending, (state) => void (state.status = 'loading'))
        .addCase(load.fulfilled, (_, { payload }) => ({ status: 'ready', title: payload.title }))
        .addCase(load.rejected, (state, { meta }) => {
          state.status = meta.aborted ? 'aborted' : meta.rejectedWithValue ? 'refused' : 'failed';
        }),
  });
  const attempts = defineSlice({
    name: 'attempts',
    initialState: 0,
    reducers: {},
    on: { [load.pending.type]: [inc('')] },
  });
  interface State {
    book: { status: string; title: string };
    attempts: number;
  }
  const openBook = () =>
    open<State>({ reducers: { book: book.reducer }, natives: [attempts] }).store;

  it('is pending at once and fulfilled later, seen by both kinds of slices', async () => {
    const store = openBook();
    const promise = store.dispatch(load('a'));
    expect(store.getState()).toMatchObject({ book: { status: 'loading' }, attempts: 1 });
    const settled = await promise;
    expect(load.fulfilled.match(settled)).toBe(true);
    expect(store.getState().book).toEqual({ status: 'ready', title: 'Title of a' });
  });

  it('unwraps its result, and its refusal with the very value', async () => {
    const store = openBook();
    expect(await store.dispatch(load('a')).unwrap()).toEqual({ id: 'a', title: 'Title of a' });
    await expect(store.dispatch(load('missing')).unwrap()).rejects.toEqual({ status: 404 });
    expect(store.getState().book.status).toBe('refused');
  });

  it('is rejected by an exception, which no caller sees', async () => {
    const store = openBook();
    const settled = await store.dispatch(load('broken'));
    expect(settled).toMatchObject({ error: { name: 'TypeError', message: 'broken' } });
    expect(store.getState().book.status).toBe('failed');
  });

  it('is aborted', async () => {
    const store = openBook();
    const promise = store.dispatch(load('slow'));
    promise.abort('enough');
    expect((await promise).meta).toMatchObject({ aborted: true, requestStatus: 'rejected' });
    expect(store.getState().book.status).toBe('aborted');
  });

  it('is left alone when its condition says so', async () => {
    const conditional = createAsyncThunk('book/conditional', () => 1, {
      condition: (_: void, { getState }) => (getState() as State).book.status !== 'idle',
    });
    const store = openBook();
    const seen = vi.fn();
    store.subscribe(seen);
    expect((await store.dispatch(conditional())).meta).toMatchObject({ condition: true });
    expect(seen).not.toHaveBeenCalled();
  });

  it('of a slice that a remote brings works at once', async () => {
    const { store, join } = open<State>();
    join({ reducers: { book: book.reducer }, natives: [attempts] });
    await store.dispatch(load('late'));
    expect(store.getState()).toMatchObject({ book: { title: 'Title of late' }, attempts: 1 });
  });
});

describe.each(storeMakers)('createListenerMiddleware on %s', (_name, open) => {
  function openListening() {
    const listener = createListenerMiddleware<Counted>();
    const { store } = open<Counted>({ natives: [counter], middleware: [listener.middleware] });
    return { store, listen: listener.startListening, clear: listener.clearListeners };
  }
  const flush = () => new Promise((resolve) => setTimeout(resolve));

  it('an effect sees the action, the state before and after, and dispatches', () => {
    const { store, listen } = openListening();
    const seen: unknown[] = [];
    listen({
      actionCreator: add as never,
      effect: (action: UnknownAction, api) => {
        seen.push(action.type, api.getOriginalState().counter, api.getState().counter);
        api.dispatch({ type: 'effect/ran' });
      },
    });
    listen({ type: 'effect/ran', effect: ({ type }) => void seen.push(type) });
    store.dispatch(add());
    expect(seen).toEqual(['counter/add', 0, 1, 'effect/ran']);
  });

  it('a predicate compares two states', () => {
    const { store, listen } = openListening();
    const effect = vi.fn();
    listen({ predicate: (_, now, before) => now.counter !== before.counter, effect });
    store.dispatch({ type: 'unknown' });
    expect(effect).not.toHaveBeenCalled();
    store.dispatch(add());
    expect(effect).toHaveBeenCalledTimes(1);
  });

  it('take waits for an action, and gives it with both states', async () => {
    const { store, listen } = openListening();
    const taken = vi.fn();
    listen({
      type: 'begin',
      effect: async (_, { take }) => taken(await take(({ type }) => type === 'counter/add')),
    });
    store.dispatch({ type: 'begin' });
    store.dispatch(add());
    await flush();
    expect(taken).toHaveBeenCalledExactlyOnceWith(
      [add(), { counter: 1 }, { counter: 0 }].map((part) => expect.objectContaining(part)),
    );
  });

  it('condition waits until it holds, and gives up in time', async () => {
    const { store, listen } = openListening();
    const results: boolean[] = [];
    listen({
      type: 'begin',
      effect: async (_, { condition }) => {
        results.push(await condition((_action, { counter }) => counter === 2, 1000));
        results.push(await condition(() => false, 1));
      },
    });
    store.dispatch({ type: 'begin' });
    store.dispatch(add());
    store.dispatch(add());
    await vi.waitFor(() => expect(results).toEqual([true, false]));
  });

  it('a forked task is joined, and one that is cancelled says so', async () => {
    const { store, listen } = openListening();
    const results: unknown[] = [];
    listen({
      type: 'begin',
      effect: async (_, { fork }) => {
        results.push(await fork(async ({ delay }) => (await delay(1), 'done')).result);
        const task = fork(({ delay }) => delay(10_000));
        task.cancel();
        results.push(await task.result);
      },
    });
    store.dispatch({ type: 'begin' });
    await vi.waitFor(() => expect(results).toHaveLength(2));
    expect(results[0]).toEqual({ status: 'ok', value: 'done' });
    expect(results[1]).toMatchObject({ status: 'cancelled', error: expect.any(TaskAbortError) });
  });

  it('a newer effect cancels those that are under way', async () => {
    const { store, listen } = openListening();
    const finished: unknown[] = [];
    listen({
      type: 'search',
      effect: async (action, { cancelActiveListeners, delay }) => {
        cancelActiveListeners();
        await delay(5);
        finished.push((action as UnknownAction).payload);
      },
    });
    for (const payload of ['a', 'ab', 'abc']) store.dispatch({ type: 'search', payload });
    await vi.waitFor(() => expect(finished).toEqual(['abc']));
  });

  it('an effect that throws is told to onError and harms no dispatch', () => {
    const onError = vi.fn();
    const listener = createListenerMiddleware({ onError });
    const { store } = open<Counted>({ natives: [counter], middleware: [listener.middleware] });
    const error = new Error('effect');
    listener.startListening({
      type: 'counter/add',
      effect: () => {
        throw error;
      },
    });
    store.dispatch(add());
    expect(store.getState().counter).toBe(1);
    return vi.waitFor(() => expect(onError.mock.calls[0]![0]).toBe(error));
  });

  it('of a remote hears what is dispatched after it came', () => {
    const { middleware, startListening } = createListenerMiddleware<Counted>();
    const effect = vi.fn();
    startListening({
      type: 'counter/add',
      effect: (_, { getState }) => effect(getState().counter),
    });
    const { store, join } = open<Counted>({ natives: [counter] });
    store.dispatch(add());
    join({ middleware: [middleware] });
    store.dispatch(add());
    expect(effect).toHaveBeenCalledExactlyOnceWith(2);
  });
});

describe.each(storeMakers)('createDynamicMiddleware on %s', (_name, open) => {
  it('takes in middleware at any time, which dispatches through the whole chain', () => {
    const dynamic = createDynamicMiddleware();
    const order: unknown[] = [];
    const outer: Middleware = () => (next) => (action) => {
      order.push((action as UnknownAction).type);
      return next(action);
    };
    const doubling: Middleware = (api) => (next) => (action) => {
      const result = next(action);
      if ((action as UnknownAction).type === 'counter/add') api.dispatch({ type: 'second' });
      return result;
    };
    const { store } = open<Counted>({
      natives: [counter],
      middleware: [outer, dynamic.middleware],
    });
    store.dispatch(add());
    dynamic.addMiddleware(doubling);
    store.dispatch(add());
    expect(order).toEqual(['counter/add', 'counter/add', 'second']);
  });

  it('returns what the added middleware makes of a dispatch', () => {
    const dynamic = createDynamicMiddleware();
    const { store } = open({ middleware: [dynamic.middleware] });
    dynamic.addMiddleware(() => () => () => 'kept');
    expect(store.dispatch({ type: 'any' })).toBe('kept');
    const instance = dynamic.withMiddleware(() => () => () => 'other');
    expect(store.dispatch(instance as unknown as UnknownAction)).toBeTypeOf('function');
  });
});

describe.each(storeMakers)('a thunk on %s', (_name, open) => {
  const slice = createSlice({
    name: 'sum',
    initialState: 0,
    reducers: { plus: (sum, { payload }: PayloadAction<number>) => sum + payload },
  });
  interface Sum {
    sum: number;
  }

  it('reads the state, dispatches thunks, and returns what it likes', () => {
    const { store } = open<Sum>({ reducers: { sum: slice.reducer } });
    const result = store.dispatch((dispatch, getState) => {
      dispatch(slice.actions.plus(2));
      dispatch((inner) => inner(slice.actions.plus(getState().sum)));
      return getState();
    });
    expect(result.sum).toBe(4);
    expect(result).toBe(store.getState());
  });

  it('that throws hands its caller the very error', () => {
    const error = { code: 1 };
    const thrower = () => {
      throw error;
    };
    expect(() => open().store.dispatch(thrower)).toThrow(expect.toSatisfy((e) => e === error));
  });

  it('is dispatched through what later middleware brought', () => {
    const { store, join } = open<Sum>({ reducers: { sum: slice.reducer } });
    const seen: unknown[] = [];
    join({ middleware: [() => (next) => (action) => (seen.push(action), next(action))] });
    store.dispatch((dispatch) => dispatch(slice.actions.plus(1)));
    expect(seen).toEqual([slice.actions.plus(1)]);
  });
});
