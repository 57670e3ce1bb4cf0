// Properties that hold for whatever values there are. fast-check looks for a value that breaks one, and
// makes it as small as it can; FC_SEED and FC_PATH of its report repeat it.

import { createEntityAdapter } from '@reduxjs/toolkit';
import fc from 'fast-check';
import {
  createIsolatedStore,
  crossApp,
  defineSlice,
  isBridged,
  loadEngine,
  plain,
  type Middleware,
} from 'isthmus';
import { entityTable, payload, set, type Step } from 'isthmus/program';
import { createTestHub } from 'isthmus/testing';
import { expect, it } from 'vitest';

await loadEngine();

const numRuns = Number(process.env['ISTHMUS_ROUNDS'] ?? 8) * 50;
const data = fc.jsonValue({ maxDepth: 4 }).map((value) => structuredClone(value));

it('a value that a native slice takes comes back as it was', () => {
  const slice = defineSlice({
    name: 'any',
    initialState: { value: null as unknown },
    reducers: { put: [set('/value', payload())] },
  });
  const store = createIsolatedStore({ name: 'values', slices: [slice] });
  const property = fc.property(data, (value) => {
    store.dispatch(slice.actions.put(value as never));
    expect(plain(store.read(['any', 'value']))).toEqual(value);
    expect(JSON.stringify(store.read(['any', 'value']))).toBe(JSON.stringify(value));
  });
  fc.assert(property, { numRuns });
});

it('a payload crosses as it is, whatever data it is', () => {
  const hub = createTestHub();
  const got: unknown[] = [];
  const note: Middleware = () => (next) => (action) => {
    if (isBridged(action)) got.push((action as { payload?: unknown }).payload);
    return next(action);
  };
  const open = (name: string) =>
    createIsolatedStore({
      name,
      contract: { put: { credentials: 'allow' } },
      reducers: { last: (_: unknown = 0, action: { payload?: unknown }) => action.payload ?? 0 },
      middleware: [note],
      bridge: { transport: hub.connect() },
    });
  const [sender] = [open('sender'), open('receiver')];
  const property = fc.property(data, (value) => {
    sender.dispatch(crossApp({ type: 'put', payload: value }));
    hub.flush();
    expect(got.pop()).toEqual(value);
    expect(got).toEqual([]);
  });
  fc.assert(property, { numRuns });
});

interface Row {
  id: string;
  n?: number;
  tag?: string;
}

/** Few, so that most steps meet what is there. Toolkit takes `toString` for an entity of every table. */
const id = fc.constantFrom('a', 'b', 'c', '7');
const rest = { n: fc.integer({ min: 0, max: 3 }), tag: fc.constantFrom('x', 'y') };
const row: fc.Arbitrary<Row> = fc.record({ id, ...rest }, { requiredKeys: ['id'] });
const changes = fc.record(rest, { requiredKeys: [] });
const update = fc.record({ id, changes });
const rows = fc.array(row, { maxLength: 3 });

const action = fc.oneof(
  ...(['addOne', 'setOne', 'upsertOne'] as const).map((name) => fc.tuple(fc.constant(name), row)),
  ...(['addMany', 'setMany', 'setAll', 'upsertMany'] as const).map((name) =>
    fc.tuple(fc.constant(name), rows),
  ),
  fc.tuple(fc.constant('updateOne' as const), update),
  fc.tuple(fc.constant('updateMany' as const), fc.array(update, { maxLength: 3 })),
  fc.tuple(fc.constant('removeOne' as const), id),
  fc.tuple(fc.constant('removeMany' as const), fc.array(id, { maxLength: 3 })),
);

it('any sequence of entity steps makes what the adapter of Redux Toolkit makes', () => {
  const adapter = createEntityAdapter<Row>();
  const steps: [string, () => Step][] = Object.entries(entityTable(''));
  const slice = defineSlice({
    name: 'rows',
    initialState: { ids: [] as string[], entities: {} as Record<string, Row> },
    reducers: Object.fromEntries(steps.map(([name, step]) => [name, [step()]])) as never,
  });
  const property = fc.property(fc.array(action, { maxLength: 20 }), (actions) => {
    let ours: unknown = slice.getInitialState();
    let theirs = adapter.getInitialState();
    for (const [name, argument] of actions) {
      ours = slice.reducer(ours as never, { type: `rows/${name}`, payload: argument } as never);
      theirs = (adapter[name] as typeof adapter.addOne)(theirs, argument as never);
      expect(plain(ours)).toEqual(theirs);
    }
  });
  fc.assert(property, { numRuns });
});
