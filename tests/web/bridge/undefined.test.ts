import { createEntityAdapter, createSlice, type PayloadAction } from '@reduxjs/toolkit';
import { createIsolatedStore, crossApp, loadEngine, type Drop } from 'isthmus';
import { expect, it } from 'vitest';
import { createTestHub, openStranger } from './tabs.js';

await loadEngine();

interface Task {
  id: string;
  assignee?: string;
}
const adapter = createEntityAdapter<Task>();
const tasks = createSlice({
  name: 'tasks',
  initialState: adapter.getInitialState({ log: [] as unknown[] }),
  reducers: {
    addOne: adapter.addOne,
    updateOne: adapter.updateOne,
    note: (state, { payload }: PayloadAction<unknown>) => void state.log.push(payload ?? 'nothing'),
  },
});
const { addOne, updateOne, note } = tasks.actions;
const contract = { 'tasks/addOne': {}, 'tasks/updateOne': {}, 'tasks/note': {} };

function openTwo() {
  const hub = createTestHub();
  const drops: Drop[] = [];
  const open = () =>
    createIsolatedStore({
      name: 'app',
      reducers: { tasks: tasks.reducer },
      contract,
      bridge: {
        transport: hub.connect(),
        legacyChannel: 'plain',
        onDrop: (drop) => drops.push(drop),
      },
    });
  const [a, b] = [open(), open()];
  const states = () => {
    hub.flush();
    return [a, b].map((store) => (store.getState() as { tasks: unknown }).tasks);
  };
  return { hub, a, b, drops, states };
}

it.each<[string, unknown, string]>([
  ['a member', { id: 'x', changes: { assignee: undefined } }, '/payload/changes/assignee'],
  ['a member of the payload', { id: undefined }, '/payload/id'],
  ['an element', ['x', undefined], '/payload/1'],
  ['a hole', [, 'x'], '/payload/0'], // eslint-disable-line no-sparse-arrays
  ['a member in a list', [{ 'a/b': undefined }], '/payload/0/a~1b'],
])('%s that is undefined stays at home with its action, and is named', (_what, value, where) => {
  const { a, b, drops, states } = openTwo();
  a.dispatch(crossApp(note(value)));
  states();
  expect(drops).toEqual([
    {
      direction: 'out',
      reason: 'undecodable',
      type: 'tasks/note',
      message: `undefined cannot cross: a null can, or leave it out (at ${where})`,
    },
  ]);
  expect(a.bridge.counters()).toMatchObject({ sent: 0, refused: { undecodable: 1 } });
  expect(b.bridge.counters()).toMatchObject({ accepted: 0 });
});

it('a field that updateOne clears is told, and one that it nulls is null in both tabs', () => {
  const { a, drops, states } = openTwo();
  a.dispatch(crossApp(addOne({ id: 'x', assignee: 'ada' })));
  a.dispatch(crossApp(updateOne({ id: 'x', changes: { assignee: undefined } })));
  states();
  expect(drops).toMatchObject([{ reason: 'undecodable', type: 'tasks/updateOne' }]);
  a.dispatch(crossApp(updateOne({ id: 'x', changes: { assignee: null as never } })));
  const [mine, theirs] = states();
  expect(theirs).toEqual(mine);
});

it('a payload, a field or a part of meta that is undefined is as good as absent, and crosses', () => {
  const { a, drops, states } = openTwo();
  a.dispatch(crossApp(note(undefined)));
  a.dispatch({ ...crossApp({ ...note('y'), error: undefined }) });
  const thunk = { ...note('z'), meta: { crossApp: true, arg: undefined, requestId: '1' } };
  a.dispatch(thunk);
  const [mine, theirs] = states();
  expect(mine).toMatchObject({ log: ['nothing', 'y', 'z'] });
  expect(theirs).toEqual(mine);
  expect(drops).toEqual([]);
});

it('one that a hand-written bridge sends is dropped, since its own reducers may have seen it', () => {
  const { hub, a, drops } = openTwo();
  const payload = { id: 'x', changes: { assignee: undefined } };
  openStranger(hub, 'plain').post({ type: 'tasks/note', payload });
  expect(drops.map(({ reason }) => reason)).toEqual(new Array(2).fill('undecodable'));
  expect(a.bridge.counters()).toMatchObject({ accepted: 0, dropped: { undecodable: 1 } });
});
