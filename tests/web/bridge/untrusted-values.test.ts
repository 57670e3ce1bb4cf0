import {
  createIsolatedStore,
  crossApp,
  loadEngine,
  type BridgeLimits,
  type Crossing,
  type DropReason,
  type IsolatedStore,
} from 'isthmus';
import { runInNewContext } from 'node:vm';
import { describe, expect, it, vi } from 'vitest';
import { addEverywhere, envelope, log } from './tabs.js';

await loadEngine();

const ran = vi.fn<() => unknown>(() => {
  throw new Error('code of the message has run');
});

/** A store on a channel that hands over the very objects it is given, and takes note of what is posted. */
function openDirect(limits: BridgeLimits = {}) {
  let deliver: (message: unknown) => void = () => undefined;
  const posted: unknown[] = [];
  const drops = vi.fn();
  const store = createIsolatedStore({
    name: 'shared',
    slices: [log],
    reducers: { seen: (count = 0, { type }: { type: string }) => count + Number(type === 'any') },
    contract: { any: {} },
    bridge: {
      limits,
      onDrop: drops,
      transport: () => ({
        post: (message) => void posted.push(message),
        onMessage: (listener) => void (deliver = listener),
        close: () => undefined,
      }),
    },
  });
  ran.mockClear();
  return { store, drops, posted, deliver: (message: unknown) => deliver(message) };
}

class Money {
  static get name(): string {
    return String(ran());
  }
  amount = 5;
  get doubled(): unknown {
    return ran();
  }
  toJSON(): unknown {
    return ran();
  }
}

const nested = (levels: number): unknown => {
  let value: unknown = 'deepest';
  for (let i = 0; i < levels; i++) value = i % 2 === 0 ? [value] : { value };
  return value;
};

function cycle(): unknown {
  const list: unknown[] = [];
  const object = { list };
  list.push(object);
  return object;
}

/** Twenty objects that stand for 10 to the power of twenty. */
function laughs(): unknown {
  let value: unknown = 'ha';
  for (let i = 0; i < 20; i++) value = new Array(10).fill(value);
  return value;
}

/** One object of 50,000 members without a value, 50,000 times: it would leave next to no bytes. */
function nothings(): unknown {
  const nothing = Object.fromEntries(
    Array.from({ length: 50_000 }, (_, i) => [`k${i}`, undefined]),
  );
  return new Array(50_000).fill(nothing);
}

function revoked(target: object): unknown {
  const { proxy, revoke } = Proxy.revocable(target, {});
  revoke();
  return proxy;
}

const throwing = (trap: keyof ProxyHandler<object>) =>
  new Proxy(
    { a: 1 },
    {
      [trap]: () => {
        throw new Error('trap');
      },
    },
  );

const withAccessor = <T extends object>(target: T, key: string | number, accessor: object): T =>
  Object.defineProperty(target, key, { enumerable: true, configurable: true, ...accessor });

const table: [DropReason, string, () => unknown][] = [
  ['undecodable', 'a getter', () => withAccessor({ a: 1 }, 'b', { get: ran })],
  [
    'undecodable',
    'a getter under a name of the prototype',
    () => withAccessor({}, '__proto__', { get: ran }),
  ],
  ['undecodable', 'a setter', () => withAccessor({}, 'a', { set: ran })],
  [
    'undecodable',
    'a getter among the items of an array',
    () => withAccessor([1, 2], 1, { get: ran }),
  ],
  ['undecodable', 'a getter far down', () => ({ a: [{ b: withAccessor({}, 'c', { get: ran }) }] })],
  ['undecodable', 'an instance with getters, toJSON and a static name', () => new Money()],
  ['undecodable', 'an array whose class it is', () => new (class extends Map {})()],
  ['undecodable', 'toJSON', () => ({ toJSON: ran })],
  ['undecodable', 'toString and valueOf', () => ({ toString: ran, valueOf: ran })],
  ['undecodable', 'an object that inherits', () => Object.create({ a: 1 })],
  ['undecodable', 'an iterator', () => [1][Symbol.iterator]()],
  ['undecodable', 'a promise', () => Promise.resolve(1)],
  ['undecodable', 'a Map', () => new Map([['a', 1]])],
  ['undecodable', 'a Set', () => new Set([1])],
  ['undecodable', 'a WeakMap', () => new WeakMap()],
  ['undecodable', 'a Date', () => new Date(0)],
  ['undecodable', 'a RegExp', () => /x/],
  ['undecodable', 'an Error', () => new Error('x')],
  ['undecodable', 'a boxed string', () => new String('x')],
  ['undecodable', 'a BigInt', () => 10n],
  ['undecodable', 'a boxed BigInt', () => Object(10n)],
  ['undecodable', 'a symbol', () => Symbol('x')],
  ['undecodable', 'a function', () => ran],
  ['undecodable', 'NaN', () => NaN],
  ['undecodable', 'an infinity', () => -Infinity],
  ['undecodable', 'an ArrayBuffer', () => new ArrayBuffer(8)],
  ['undecodable', 'a DataView', () => new DataView(new ArrayBuffer(8))],
  ['undecodable', 'a Uint8Array', () => new Uint8Array(8)],
  ['undecodable', 'a Float64Array', () => new Float64Array(8)],
  ['undecodable', 'a BigInt64Array', () => new BigInt64Array(8)],
  ['undecodable', 'a revoked Proxy', () => revoked({})],
  ['undecodable', 'a revoked Proxy of an array', () => revoked([])],
  ['undecodable', 'a Proxy that throws in getPrototypeOf', () => throwing('getPrototypeOf')],
  ['undecodable', 'a Proxy that throws in ownKeys', () => throwing('ownKeys')],
  ['undecodable', 'a Proxy that throws in its members', () => throwing('getOwnPropertyDescriptor')],
  ['too-large', 'a cycle', cycle],
  ['too-large', '65 levels', () => nested(65)],
  ['too-large', '100,000 levels', () => nested(100_000)],
  ['too-large', 'an array as long as can be, without items', () => new Array(2 ** 32 - 1)],
  [
    'too-large',
    'an item at the end of such an array',
    () => Object.assign([], { [2 ** 32 - 2]: 1 }),
  ],
  ['too-large', 'a string of 256 million characters', () => 'x'.repeat(2 ** 28)],
  ['too-large', 'a key of 256 million characters', () => ({ ['x'.repeat(2 ** 28)]: 1 })],
  ['too-large', 'the same array ten times, twenty levels deep', laughs],
  ['too-large', 'members without a value, again and again', nothings],
];

const total = ({ bridge }: IsolatedStore, of: 'dropped' | 'refused') =>
  Object.values(bridge.counters()[of]).reduce((sum, count) => sum + count, 0);

describe('a message from a channel that clones nothing is dropped as', () => {
  it.each(table)('%s for %s, and the next one is taken', (reason, _what, make) => {
    const places: ((value: unknown) => unknown)[] = [
      (payload) => envelope({ type: 'any', payload }),
      (value) => envelope({ type: 'any', meta: { crossApp: true, value } }),
      (shape) => envelope({ type: 'any' }, { shapes: [shape] }),
    ];
    const { store, drops, deliver } = openDirect();
    const before = store.getState();
    for (const [i, place] of places.entries()) {
      const message = place(make());
      deliver(message);
      expect(store.bridge.counters().dropped).toEqual({ [reason]: i + 1 });
      expect(store.getState()).toBe(before);
    }
    expect(drops.mock.calls.map(([drop]) => (drop as { reason: string }).reason)).toEqual(
      places.map(() => reason),
    );
    expect(ran).not.toHaveBeenCalled();
    deliver(envelope());
    expect(store.read(['log'])).toEqual(['hello']);
  });

  it.each(table.filter(([reason]) => reason === 'undecodable'))(
    '%s or protocol when all of it is %s',
    (reason, _what, make) => {
      const { store, deliver } = openDirect();
      deliver(make());
      const { dropped } = store.bridge.counters();
      expect([{ [reason]: 1 }, { protocol: 1 }]).toContainEqual(dropped);
      expect(ran).not.toHaveBeenCalled();
    },
  );

  it('undecodable for getters of the envelope itself, though senders are limited', () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const { store, deliver } = openDirect({ rejects: 1 });
    for (let i = 0; i < 3; i++) deliver(envelope({ payload: {} }));
    expect(store.bridge.counters()).toMatchObject({ limited: 2, dropped: { schema: 1 } });
    deliver(withAccessor(envelope(), 'sender', { get: ran }));
    deliver(withAccessor(envelope({}, { sender: 'another' }), 'action', { get: ran }));
    deliver(throwing('getOwnPropertyDescriptor'));
    deliver(revoked({}));
    vi.useRealTimers();
    expect(store.bridge.counters()).toMatchObject({ limited: 2, dropped: { undecodable: 4 } });
    expect(ran).not.toHaveBeenCalled();
  });
});

describe('an action that wants to leave stays at home as', () => {
  it.each(table)(
    '%s for %s; its dispatch stands, and the next one leaves',
    (reason, _what, make) => {
      const { store, drops, posted } = openDirect();
      const action = crossApp({ type: 'any', payload: make() });
      expect(store.dispatch(action)).toBe(action);
      expect(store.getState()).toMatchObject({ seen: 1 });
      expect(drops).toHaveBeenCalledExactlyOnceWith(
        expect.objectContaining({ direction: 'out', reason, type: 'any' }),
      );
      expect([total(store, 'refused'), store.bridge.counters().refused]).toEqual([
        1,
        { [reason]: 1 },
      ]);
      expect(ran).not.toHaveBeenCalled();
      store.dispatch(addEverywhere('next'));
      expect(posted).toMatchObject([{ action: { payload: 'next' } }]);
    },
  );
});

describe('what has a binary form is taken as the data it is:', () => {
  /** The payload as another store would be told of it. */
  function arrived(payload: unknown): unknown {
    const { store, deliver } = openDirect();
    const crossings: Crossing[] = [];
    store.bridge.onCross((crossing) => crossings.push(crossing));
    deliver(envelope({ type: 'any', payload }));
    expect(ran).not.toHaveBeenCalled();
    return (crossings[0]!.action as { payload?: unknown }).payload;
  }

  it('members called __proto__ and constructor are members, and touch no prototype', () => {
    const json = '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}';
    const payload = arrived(JSON.parse(json)) as object;
    expect(JSON.stringify(payload)).toBe(json);
    expect(Object.keys(payload)).toEqual(['__proto__', 'constructor']);
    expect(Object.getPrototypeOf(payload)).toBe(Object.prototype);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });

  it('holes are null, whatever the prototype of arrays holds', () => {
    const sparse = Object.assign([], { 50: 'last' });
    const hidden = { value: 'inherited', writable: true, configurable: true };
    Object.defineProperty(Array.prototype, 40, hidden);
    const json = JSON.stringify(arrived(sparse));
    Reflect.deleteProperty(Array.prototype, 40);
    expect(JSON.parse(json)).toEqual([...new Array<null>(50).fill(null), 'last']);
  });

  it('symbols, hidden members and names of arrays are left out', () => {
    const object = withAccessor({ a: 1, [Symbol('s')]: ran }, 'hidden', {
      get: ran,
      enumerable: false,
    });
    expect(arrived(object)).toEqual({ a: 1 });
    expect(arrived(Object.assign([1], { name: ran }))).toEqual([1]);
  });

  it('objects without a prototype, and of another realm', () => {
    expect(arrived(Object.assign(Object.create(null) as object, { a: 1 }))).toEqual({ a: 1 });
    expect(arrived(runInNewContext('({ a: [{}] })'))).toEqual({ a: [{}] });
  });

  it('each member of a Proxy is asked for once, so that what was checked is what is applied', () => {
    let asked = 0;
    const descriptor = () => ({ value: ++asked, enumerable: true, configurable: true });
    const handler = { ownKeys: () => ['a'], getOwnPropertyDescriptor: descriptor };
    const payload = arrived(new Proxy({}, handler)) as { a: number };
    expect(payload).toEqual({ a: asked });
  });

  it('a Proxy that calls the store while it is read disturbs nobody', () => {
    const { store, deliver } = openDirect();
    const payload = new Proxy({}, { ownKeys: () => (store.dispatch(addEverywhere('inner')), []) });
    deliver(envelope({ type: 'any', payload }));
    expect(store.bridge.counters()).toMatchObject({ accepted: 0, dropped: { undecodable: 1 } });
    deliver(envelope());
    expect(store.read(['log'])).toEqual(['hello']);
  });
});
