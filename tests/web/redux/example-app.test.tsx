// @vitest-environment jsdom
import { act, cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import { getSharedStore, loadEngine } from 'isthmus';
import { StrictMode } from 'react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { App } from '../../example-app/app.js';
import { incremented } from '../../example-app/counter-slice.js';
import { createAppStore as createIsthmusStore } from '../../example-app/store-isthmus.js';
import { createAppStore as createNativeStore } from '../../example-app/store-native.js';
import { createAppStore, type AppStore } from '../../example-app/store-redux.js';
import type { Todo, TodoServer } from '../../example-app/todos-slice.js';

await loadEngine();

const versions: [name: string, create: (server: TodoServer) => AppStore][] = [
  ['Redux Toolkit', createAppStore],
  ['Isthmus', createIsthmusStore],
  ['Isthmus, with its slices held by the engine', createNativeStore],
];

describe.each(versions)('the example app on %s', (_name, create) => {
  const loaded: Todo[] = [
    { id: '1', text: 'read', isDone: true },
    { id: '2', text: 'write', isDone: false },
  ];
  let load: ReturnType<typeof vi.fn<TodoServer['load']>>;
  let store: AppStore;

  beforeEach(() => {
    load = vi.fn(async () => loaded);
    store = create({ load });
    render(
      <StrictMode>
        <App store={store} />
      </StrictMode>,
    );
  });
  afterEach(() => {
    cleanup();
    (store as AppStore & { dispose?(): void }).dispose?.();
  });

  const press = (name: string) => fireEvent.click(screen.getByRole('button', { name }));
  const value = (name: string) => screen.getByLabelText(name).textContent;
  const todos = () => screen.queryAllByRole('listitem').map((item) => item.textContent);
  const toggle = (text: string) => fireEvent.click(screen.getByLabelText(text));
  const add = (text: string) => {
    fireEvent.change(screen.getByLabelText('New todo'), { target: { value: text } });
    press('Add todo');
  };

  it('counts up and down', () => {
    press('Add one');
    press('Add five');
    press('Take one');
    expect(value('Count')).toBe('5');
    expect(screen.getByText('odd')).toBeTruthy();
  });

  it('adds later, through an async thunk, and says that it waits', async () => {
    press('Add ten later');
    expect([value('Count'), screen.queryByText('Waiting') !== null]).toEqual(['0', true]);
    await vi.waitFor(() => expect(value('Count')).toBe('10'));
    expect(screen.queryByText('Waiting')).toBeNull();
  });

  it('a thunk decides by the state', () => {
    press('Add one if odd');
    expect(value('Count')).toBe('0');
    press('Add one');
    press('Add one if odd');
    expect([value('Count'), screen.queryByText('even') !== null]).toEqual(['2', true]);
  });

  it('adds todos, and none without text', () => {
    add('  write tests ');
    add('   ');
    add('run them');
    expect(todos()).toEqual(['write tests', 'run them']);
    expect(value('Open')).toBe('2');
  });

  it('shows what the filter lets through', () => {
    add('a');
    add('b');
    toggle('a');
    press('open');
    expect([todos(), value('Open')]).toEqual([['b'], '1']);
    press('done');
    expect(todos()).toEqual(['a']);
    expect(screen.getByRole('button', { name: 'done' }).getAttribute('aria-pressed')).toBe('true');
    press('all');
    expect(todos()).toEqual(['a', 'b']);
  });

  it('removes what is done', () => {
    add('a');
    add('b');
    toggle('b');
    press('Remove done');
    expect(todos()).toEqual(['a']);
  });

  it('loads todos from the server, once while it is at it', async () => {
    press('Load');
    press('Load');
    expect(value('Status')).toBe('loading');
    await vi.waitFor(() => expect(todos()).toEqual(['read', 'write']));
    expect([value('Status'), load.mock.calls.length]).toEqual(['idle', 1]);
    const [first] = screen.getAllByRole('listitem');
    expect(within(first!).getByRole<HTMLInputElement>('checkbox').checked).toBe(true);
  });

  it('says when loading failed', async () => {
    load.mockRejectedValue(new Error('no network'));
    press('Load');
    await vi.waitFor(() => expect(value('Status')).toBe('failed'));
    expect(todos()).toEqual([]);
  });

  it('saves once after several changes, through a listener', async () => {
    const saves = vi.fn();
    const stop = store.subscribe(() => saves(store.getState().todos.saved));
    for (const text of ['a', 'b', 'c']) add(text);
    await vi.waitFor(() => expect(value('Saved')).toBe('3'));
    stop();
    expect(saves.mock.calls.map(([saved]) => saved)).toEqual([0, 0, 0, 3]);
  });

  it('follows what is dispatched from outside', () => {
    act(() => void store.dispatch(incremented()));
    expect(value('Count')).toBe('1');
  });
});

it("the app's store is the page's, which other apps read", () => {
  const store = createIsthmusStore({ load: async () => [] });
  store.dispatch(incremented());
  expect(getSharedStore().read(['counter', 'value'])).toBe(1);
  store.dispose();
});
