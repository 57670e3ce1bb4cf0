import {
  createIsolatedStore,
  defineSlice,
  loadEngine,
  type Contract,
  type Drop,
  type DropReason,
} from 'isthmus';
import { inc, payload, set } from 'isthmus/program';
import { describe, expect, it, vi } from 'vitest';
import { createTestHub, envelope, openStranger } from './tabs.js';

await loadEngine();

const CANARY = 'hunter2';
const future = Date.now() + 120_000;

/** It stands in every place of a payload: keys, texts and lists, at each depth. */
const planted = () => ({
  [CANARY]: CANARY,
  text: CANARY,
  list: [CANARY, { [CANARY]: [CANARY] }],
  deep: { [CANARY]: { [CANARY]: CANARY } },
});

const cast = [set([payload(CANARY), payload('text')], payload('text'))];
const plain: Record<string, Contract> = {
  open: {},
  elsewhere: { from: ['admin'] },
  newer: { schemaVersion: 2 },
  cast: { schemaVersion: 2, emit: [1], upcast: { 1: cast }, downcast: { 2: cast } },
  never: { never: [{ path: '/text', then: 'refuse' }] },
  latest: { lastWins: true },
};

/** One schema for each keyword, which the planted payload breaks. */
const schemas: Record<string, NonNullable<Contract['payload']>> = {
  false: false,
  type: { type: 'array' },
  enum: { properties: { text: { enum: ['a'] } } },
  const: { properties: { list: { const: [] } } },
  minLength: { properties: { text: { minLength: 50 } } },
  maxLength: { additionalProperties: { type: 'string', maxLength: 2 } },
  pattern: { properties: { text: { pattern: '^[a-c]*$' } } },
  format: { properties: { text: { format: 'uuid' } } },
  required: { required: ['absent'] },
  additionalProperties: { additionalProperties: false },
  unevaluatedProperties: { properties: { text: true }, unevaluatedProperties: false },
  propertyNames: { propertyNames: { maxLength: 3 } },
  patternProperties: { patternProperties: { '^hunter': { type: 'number' } } },
  dependentRequired: { dependentRequired: { text: ['absent'] } },
  maxProperties: { maxProperties: 1 },
  items: { properties: { list: { items: { type: 'string' } } } },
  contains: { properties: { list: { contains: { type: 'null' } } } },
  uniqueItems: { properties: { list: { minItems: 3 } } },
  not: { not: {} },
  anyOf: { anyOf: [{ type: 'null' }, { properties: { text: { type: 'null' } } }] },
  oneOf: { oneOf: [true, true] },
  if: { if: true, then: { properties: { deep: { type: 'string' } } } },
  $ref: { $ref: '#/$defs/a', $defs: { a: { additionalProperties: { type: 'number' } } } },
};
const contract: Record<string, Contract> = {
  ...plain,
  ...Object.fromEntries(
    Object.entries(schemas).map(([keyword, schema]) => [
      keyword,
      { payload: schema, assertFormats: true },
    ]),
  ),
};

/** A store that refuses what it is told of, one reducer in each of the ways there are. */
function openStore() {
  const hub = createTestHub();
  const drops: Drop[] = [];
  const native = defineSlice({
    name: 'native',
    initialState: { [CANARY]: 'no number' } as Record<string, unknown>,
    reducers: { step: [inc([payload('text')])] },
    contract: { 'native/step': {} },
  });
  const throwing = (state = 0, action: { type: string }): number => {
    if (action.type !== 'js/refused') return state;
    throw Object.assign(new Error(JSON.stringify(action)), { cause: action });
  };
  const store = createIsolatedStore({
    name: 'shared',
    slices: [native],
    reducers: { throwing },
    contract: { ...contract, 'js/refused': {} },
    bridge: { transport: hub.connect(), onDrop: (drop) => drops.push(drop) },
  });
  return { hub, store, drops, post: openStranger(hub).post };
}

const message = (type: string, fields: object = {}, action: object = {}) =>
  envelope({ type, payload: planted(), ...action }, { [CANARY]: planted(), ...fields });

/** What tells of a drop, whole: nothing of the payload, and a message to go by. */
function expectSecrecy(drops: readonly Drop[], direction: Drop['direction'], reason: DropReason) {
  expect(drops.map((drop) => [drop.direction, drop.reason])).toEqual([[direction, reason]]);
  const [drop] = drops;
  expect(Object.keys(drop!).sort()).toEqual(
    ['direction', 'message', 'reason', ...(drop!.type === undefined ? [] : ['type'])].sort(),
  );
  expect(drop!.message.length).toBeGreaterThan(10);
  expect(JSON.stringify(drop)).not.toContain(CANARY);
}

describe('of a payload nothing is told when a message is dropped as', () => {
  const big = CANARY.repeat(100_000);
  const meta = { crossApp: true, origin: '__bridged__', [CANARY]: CANARY };
  const duplicate = message('open');
  const inbound: [DropReason, string, unknown[]][] = [
    ['undecodable', 'a Map', [message('open', {}, { payload: new Map([[CANARY, CANARY]]) })]],
    ['undecodable', 'below keys', [message('open', {}, { payload: { [CANARY]: new Date(0) } })]],
    ['too-large', 'bytes', [message('open', {}, { payload: { [CANARY]: big } })]],
    ['too-large', 'a key', [message('open', {}, { payload: { [big]: 1 } })]],
    ['too-large', 'entries', [message('open', {}, { payload: new Array(60_000).fill(1) })]],
    ['protocol', 'another protocol', [message('open', { isthmus: CANARY })]],
    ['protocol', 'a wrong sender', [message('open', { sender: [CANARY] })]],
    ['protocol', 'a wrong seq', [message('open', { seq: CANARY })]],
    ['protocol', 'wrong shapes', [message('open', { shapes: [{ schemaVersion: CANARY }] })]],
    ['protocol', 'no envelope', [planted()]],
    ['echo', 'bridged before', [message('open', {}, { meta })]],
    ['duplicate', 'twice', [duplicate, duplicate]],
    ['type', 'no contract', [message('unknown')]],
    ['sender', 'not from here', [message('elsewhere', { from: CANARY })]],
    ['version', 'no casters', [message('newer')]],
    ['version', 'casters that fail', [message('cast')]],
    ['secret', 'a part that never crosses', [message('never')]],
    ['secret', 'a credential', [message('open', {}, { payload: `Bearer ${CANARY}` })]],
    ['stale', 'older', [message('latest', { clock: 9 }), message('latest', { clock: 8 })]],
    ['clock', 'of the future', [message('open', { clock: future })]],
    ['reducer', 'thrown by a reducer', [message('js/refused')]],
    ['reducer', 'a step that cannot apply', [message('native/step')]],
  ];

  it.each(inbound)('%s: %s', (reason, _what, messages) => {
    const { drops, post } = openStore();
    for (const each of messages) post(each);
    expectSecrecy(drops, 'in', reason);
  });

  it('off', () => {
    const { store, drops, post } = openStore();
    store.bridge.setEnabled(false);
    post(message('open'));
    expectSecrecy(drops, 'in', 'off');
  });

  it.each(Object.keys(schemas))('schema, by the keyword %s', (keyword) => {
    const { drops, post } = openStore();
    post(message(keyword));
    expectSecrecy(drops, 'in', 'schema');
  });
});

describe('of a payload nothing is told when an action stays at home as', () => {
  const outbound: [DropReason, string, string, unknown][] = [
    ['undecodable', 'a Date below keys', 'open', { [CANARY]: { [CANARY]: new Date(0) } }],
    ['too-large', 'bytes below keys', 'open', { [CANARY]: CANARY.repeat(100_000) }],
    ['too-large', 'entries', 'open', { [CANARY]: new Array(60_000).fill(CANARY) }],
    ['type', 'no contract', 'unknown', planted()],
    ['sender', 'not from here', 'elsewhere', planted()],
    ['version', 'casters that fail', 'cast', planted()],
    ['secret', 'a part that never crosses', 'never', planted()],
    ['secret', 'a credential', 'open', { [CANARY]: `Bearer ${CANARY}` }],
    ...Object.keys(schemas).map((keyword): [DropReason, string, string, unknown] => [
      'schema',
      keyword,
      keyword,
      planted(),
    ]),
  ];

  it.each(outbound)('%s: %s', (reason, _what, type, content) => {
    const { hub, store, drops } = openStore();
    store.dispatch({ type, payload: content, meta: { crossApp: true, note: CANARY } } as never);
    expectSecrecy(drops, 'out', reason);
    expect(hub.messages).toEqual([]);
  });

  it('off', () => {
    const { store, drops } = openStore();
    store.bridge.setEnabled(false);
    store.dispatch({ type: 'open', payload: planted(), meta: { crossApp: true } } as never);
    expectSecrecy(drops, 'out', 'off');
  });
});

it('counters and the console hear nothing of a payload either', async () => {
  const calls = (['error', 'warn', 'log', 'info'] as const).map((name) =>
    vi.spyOn(console, name).mockImplementation(() => undefined),
  );
  const { store, post } = openStore();
  for (const type of [...Object.keys(contract), 'js/refused', 'native/step']) post(message(type));
  post(planted());
  await new Promise((later) => setTimeout(later));
  expect(JSON.stringify(store.bridge.counters())).not.toContain(CANARY);
  expect(calls.flatMap(({ mock }) => mock.calls)).toEqual([]);
  for (const call of calls) call.mockRestore();
});
