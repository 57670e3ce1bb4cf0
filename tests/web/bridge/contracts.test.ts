// @vitest-environment jsdom
import {
  createIsolatedStore,
  crossApp,
  defineSlice,
  describeContracts,
  joinSharedStore,
  loadEngine,
  type Contract,
} from 'isthmus';
import { object, payload, set, state } from 'isthmus/program';
import { describe, expect, it } from 'vitest';
import { createTestHub, openTab } from './tabs.js';

await loadEngine();

const JWT = 'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl';

/** Two tabs whose builds are of different days: each its own contract of `login`. */
function openTwo(sending: Contract, receiving: Contract = sending) {
  const hub = createTestHub();
  const a = openTab(hub, { contract: { login: sending } });
  const b = openTab(hub, { contract: { login: receiving } });
  const login = (content: unknown) => {
    a.store.dispatch(crossApp({ type: 'login', payload: content }));
    hub.flush();
    return (b.crossings.at(-1)?.action as { payload?: unknown } | undefined)?.payload;
  };
  return { hub, a, b, login };
}

describe('contracts of different versions', () => {
  const v1: Contract = { payload: { properties: { user: { type: 'string' } } } };
  const v2: Contract = {
    schemaVersion: 2,
    payload: { properties: { user: { type: 'object' } } },
    upcast: { 1: [set('/user', object({ name: state('user') }))] },
    downcast: { 2: [set('/user', payload('user.name'))] },
  };

  it('an older sender is understood by a newer receiver', () => {
    expect(openTwo(v1, v2).login({ user: 'Ann' })).toEqual({ user: { name: 'Ann' } });
  });

  it('a newer sender is understood by an older receiver when it emits both', () => {
    const { hub, login } = openTwo({ ...v2, emit: [1, 2] }, v1);
    expect(login({ user: { name: 'Ann' } })).toEqual({ user: 'Ann' });
    expect(hub.messages).toEqual([
      expect.objectContaining({
        seq: 1,
        schemaVersion: 2,
        shapes: [{ schemaVersion: 1, payload: { user: 'Ann' } }],
      }),
    ]);
  });

  it('without it the action is dropped as version', () => {
    const { b, login } = openTwo(v2, v1);
    expect(login({ user: { name: 'Ann' } })).toBeUndefined();
    expect(b.drops).toEqual([expect.objectContaining({ reason: 'version', type: 'login' })]);
  });

  it('a payload that no step can carry stays at home, and the local dispatch stands', () => {
    const { a, hub, login } = openTwo({
      ...v2,
      emit: [1],
      payload: {},
      downcast: { 2: [set('/a/b', 1)] },
    });
    expect(login('hunter2')).toBeUndefined();
    expect([hub.messages, a.drops.length]).toEqual([[], 1]);
    expect(a.drops[0]).toMatchObject({ direction: 'out', reason: 'version' });
    expect(JSON.stringify(a.drops)).not.toContain('hunter2');
  });
});

describe('what must not leave', () => {
  const onTheWire = ({ messages }: { messages: readonly unknown[] }) => JSON.stringify(messages);

  it('is not on the wire, in no version', () => {
    const { hub, login } = openTwo({
      never: ['/pin', '/cards/0'],
      emit: [1, 2],
      upcast: { 1: [set('/pin', payload('user'))] },
    });
    expect(login({ user: 'secret-1', pin: 'secret-2', cards: ['secret-3', 4] })).toEqual({
      user: 'secret-1',
      cards: [null, 4],
    });
    expect(onTheWire(hub)).not.toMatch(/pin|secret-2|secret-3/);
  });

  it('is of every element of a list and every member of an object where the path has a *', () => {
    const { hub, a, login } = openTwo({ never: ['/cards/*/cvc', '/byId/*/pin'] });
    const cards = [{ no: 1, cvc: 'secret-1' }, { no: 2 }, { no: 3, cvc: 'secret-2' }];
    const byId = { a: { pin: 'secret-3', name: 'A' }, '*': { pin: 'secret-4' } };
    expect(login({ cards, byId })).toEqual({
      cards: [{ no: 1 }, { no: 2 }, { no: 3 }],
      byId: { a: { name: 'A' }, '*': {} },
    });
    expect(onTheWire(hub)).not.toMatch(/cvc|pin|secret/);
    expect(a.drops).toEqual([]);
  });

  it('is not let in where one element holds it', () => {
    const { b, login } = openTwo({}, { never: ['/cards/*/cvc'] });
    expect(login({ cards: [{ no: 1 }, { no: 2, cvc: 'stolen' }] })).toBeUndefined();
    expect(b.store.bridge.counters().dropped).toEqual({ secret: 1 });
    expect(login({ cards: [{ no: 1 }] })).toEqual({ cards: [{ no: 1 }] });
  });

  it('keeps the action at home where the contract refuses it, and tells no payload', () => {
    const { a, hub, login } = openTwo({ never: [{ path: '/pin', then: 'refuse' }] });
    login({ pin: 'secret-1' });
    expect([hub.messages, a.store.bridge.counters().refused]).toEqual([[], { secret: 1 }]);
    expect(a.drops).toEqual([
      expect.objectContaining({ direction: 'out', reason: 'secret', type: 'login' }),
    ]);
    expect(JSON.stringify(a.drops)).not.toContain('secret-1');
    expect(login({ pin: null })).toEqual({});
  });

  it.each([JWT, 'Bearer abc12345', { 'Basic dXNlcjpwYXNz': 1 }, [`/?t=${JWT}`]])(
    'a credential: %j',
    (value) => {
      const refusing = openTwo({});
      refusing.login({ value });
      expect([refusing.hub.messages, refusing.a.store.bridge.counters().refused]).toEqual([
        [],
        { secret: 1 },
      ]);
      const { b, login } = openTwo({ credentials: 'allow' }, {});
      expect(login({ value })).toBeUndefined();
      expect(b.store.bridge.counters().dropped).toEqual({ secret: 1 });
      expect(openTwo({ credentials: 'allow' }).login({ value })).toEqual({ value });
    },
  );
});

describe('a wrong contract is refused with its place:', () => {
  it.each<[string, object]>([
    ['/never/0/then', { never: [{ path: '/a', then: 'hide' }] }],
    ['/upcast/1', { upcast: { 1: {} } }],
    ['/emit/0', { emit: [2] }],
    ['/credentials', { credentials: true }],
    ['/lastWins', { lastWins: 1 }],
  ])('%s', (where, contract) => {
    const open = () => openTab(createTestHub(), { contract: { login: contract } });
    expect(open).toThrow(expect.objectContaining({ code: 'invalid-definition', where }));
  });
});

describe('of a contract that is wrong it is told what was meant:', () => {
  const payload = {
    properties: { token: true, cards: { items: { properties: { cvc: true } } } },
  };
  it.each<[string, object, RegExp]>([
    ['/payload/requird', { payload: { requird: ['a'] } }, /did you mean 'required'/],
    ['/payload/dependencies', { payload: { dependencies: {} } }, /'dependentRequired'/],
    [
      '/payload/$schema',
      { payload: { $schema: 'http://json-schema.org/draft-07/schema#' } },
      /2020-12/,
    ],
    ['/payload/a~1b', { payload: { 'a/b': 1 } }, /begins with 'x-'/],
    ['/never/0', { payload, never: ['/tokn'] }, /did you mean '\/token'/],
    ['/never/1', { payload, never: ['/token', '/cards/cvc'] }, /did you mean '\/cards\/\*\/cvc'/],
    ['/nevr', { nevr: [] }, /did you mean 'never'/],
    ['/payload/format', { payload: { format: 'password' }, assertFormats: true }, /'password'/],
  ])('%s', (where, contract, meant) => {
    const open = () => openTab(createTestHub(), { contract: { login: contract } });
    expect(open).toThrow(expect.objectContaining({ code: 'invalid-definition', where }));
    expect(open).toThrow(meant);
  });

  const slice = (contract: Record<string, Contract>) => () =>
    defineSlice({
      name: 'auth',
      initialState: 0,
      reducers: { login: [set('', 1)] },
      on: { 'app/logout': [set('', 0)] },
      contract,
    });

  it('a type that is no action of the slice', () => {
    const where = '/contract/auth~1logn';
    const wrong = slice({ 'auth/login': {}, 'auth/logn': {} });
    expect(wrong).toThrow(expect.objectContaining({ code: 'invalid-definition', where }));
    expect(wrong).toThrow(/did you mean 'auth\/login'/);
    expect(slice({ 'theme/change': {} })).toThrow(/contracts of other types belong to/);
  });

  it('but a slice may list what it hears of others, and an app or a store anything', () => {
    expect(slice({ 'auth/login': {}, 'app/logout': {} })).not.toThrow();
    const contract = { 'auth/logn': {} };
    expect(openTab(createTestHub(), { contract }).store).toBeDefined();
    expect(() => joinSharedStore({ app: 'any', name: 'any', contract }).leave()).not.toThrow();
  });
});

describe('describeContracts', () => {
  const contract = { 'theme/change': { to: ['shared'], payload: { type: 'string' } } } as const;
  const theme = defineSlice({
    name: 'theme',
    initialState: 'light',
    reducers: { change: [set('', payload())] },
    contract,
  });

  it("tells every store's contracts with their owners, as they were defined, while they last", () => {
    const before = describeContracts();
    const host = joinSharedStore({ app: 'host', slices: [theme] });
    const profile = joinSharedStore({ app: 'profile', contract });
    const store = createIsolatedStore({ name: 'checkout', contract: { 'checkout/pay': {} } });
    const added = describeContracts().slice(before.length);
    expect(added).toEqual([
      {
        store: 'shared',
        type: 'theme/change',
        owners: ['host', 'profile'],
        contract: contract['theme/change'],
      },
      { store: 'checkout', type: 'checkout/pay', owners: ['checkout'], contract: {} },
    ]);
    expect(JSON.parse(JSON.stringify(added))).toEqual(added);
    store.dispose();
    host.leave();
    profile.leave();
    expect(describeContracts()).toEqual(before);
  });

  it('two apps that contract one type differently are both named', () => {
    const { leave } = joinSharedStore({ app: 'host', contract });
    const join = () => joinSharedStore({ app: 'profile', contract: { 'theme/change': {} } });
    expect(join).toThrow(/'theme\/change'.*'host'.*'profile'/);
    leave();
  });
});
