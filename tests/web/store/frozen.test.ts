import { createIsolatedStore, defineSlice, loadEngine, type Drop, type Inspection } from 'isthmus';
import { payload, set } from 'isthmus/program';
import { expect, it, vi } from 'vitest';
import { addEverywhere, createTestHub, envelope, openTab } from '../bridge/tabs.js';

await loadEngine();

const slice = (name: string) =>
  defineSlice({
    name,
    initialState: { n: 0 },
    reducers: { put: [set('/n', payload())] },
    contract: { [`${name}/put`]: { never: ['/secret'] } },
  });
const [a, b] = [slice('a'), slice('b')];
const open = () =>
  createIsolatedStore({
    name: 'app',
    slices: [a, b],
    reducers: { js: (state: { s: number } = { s: 0 }) => state },
  });

const write = (object: object, key = 'a') => Reflect.set(object, key, 'written');

it.each([
  ['as it was built first', () => undefined],
  ['after a change', (store: ReturnType<typeof open>) => store.dispatch(a.actions.put(1))],
  [
    'after a slice has come',
    (store: ReturnType<typeof open>) => store.registerReducer('c', () => 0),
  ],
])('nobody can write to the root of the state %s', (_when, change) => {
  const store = open();
  store.getState();
  change(store as never);
  const root = store.getState();
  const before = JSON.stringify(root);
  expect([write(root), write(root, 'new'), Reflect.deleteProperty(root, 'a')]).toEqual(
    new Array(3).fill(false),
  );
  expect(() => Object.assign(root, { a: 1 })).toThrow(TypeError);
  expect(JSON.stringify(store.getState())).toBe(before);
  expect(JSON.stringify(store.read([]))).toBe(before);
});

it('what one app writes to what it was told or shown is not seen by another', () => {
  const hub = createTestHub();
  const heard: Drop[] = [];
  const { store } = openTab(hub, {});
  store.bridge.onDrop((drop) => void write(drop, 'reason'));
  store.bridge.onDrop((drop) => heard.push(drop));
  store.dispatch({ ...addEverywhere('x'), payload: 7 } as never);
  expect(heard).toMatchObject([{ reason: 'schema' }]);

  const gaps = vi.fn();
  store.bridge.onGap((gap) => void write(gap, 'reason'));
  store.bridge.onGap(gaps);
  const transport = hub.connect()('isthmus');
  for (const seq of [1, 3]) transport.post(envelope({}, { sender: 'other', seq }));
  hub.flush();
  expect(gaps).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ reason: 'sequence' }));

  const scribble = (inspection: Inspection) => {
    for (const part of Object.values(inspection) as unknown[]) {
      if (typeof part !== 'object') continue;
      for (const entry of part as object[]) if (typeof entry === 'object') write(entry, 'key');
      write(part as object, '0');
    }
  };
  const inspected = JSON.stringify(store.inspect());
  scribble(store.inspect());
  expect(JSON.stringify(store.inspect())).toBe(inspected);

  const counted = JSON.stringify(store.bridge.counters());
  write(store.bridge.counters(), 'sent');
  write(store.bridge.counters().refused, 'schema');
  write(store.bridge.counters().byType, 'log/add');
  expect(JSON.stringify(store.bridge.counters())).toBe(counted);
});

it('a slice and its list of types cannot be written to', () => {
  expect([write(a, 'name'), write(a.types, '0'), write(a.actions, 'put')]).toEqual([
    false,
    false,
    false,
  ]);
});
