import { createTestHub, type TestHub } from 'isthmus/testing';
import { afterEach, describe, expect, it, vi } from 'vitest';

afterEach(() => vi.restoreAllMocks());

/** A tab on the channel, and what it received. */
function join(hub: TestHub, tab?: string) {
  const received: unknown[] = [];
  const transport = hub.connect(tab)('one');
  transport.onMessage((message) => received.push(message));
  return { ...transport, received };
}

/** Ten numbers posted to one receiver, in the order in which they came. */
function tenNumbers(hub: TestHub): unknown[] {
  const [a, b] = [join(hub), join(hub)];
  for (let number = 0; number < 10; number += 1) a.post(number);
  hub.flush();
  return b.received;
}
const inOrder = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];

describe('a delivery policy', () => {
  it('is told of each message and receiver, by the names of the tabs', () => {
    const deliver = vi.fn(() => undefined);
    const hub = createTestHub({ deliver });
    const [a] = [join(hub), join(hub, 'cart'), join(hub)];
    a.post('x');
    const sent = { message: 'x', number: 0, from: 'tab-1', channel: 'one' };
    expect(deliver.mock.calls).toEqual([[{ ...sent, to: 'cart' }], [{ ...sent, to: 'tab-2' }]]);
    expect(hub.waiting).toEqual([
      { ...sent, to: 'cart', due: 0 },
      { ...sent, to: 'tab-2', due: 0 },
    ]);
  });

  it('loses, for one receiver and not for another', () => {
    const hub = createTestHub({ deliver: ({ to }) => (to === 'deaf' ? [] : undefined) });
    const [a, b, c] = [join(hub), join(hub, 'deaf'), join(hub)];
    a.post('x');
    hub.flush();
    expect([b.received, c.received, hub.messages]).toEqual([[], ['x'], ['x']]);
  });

  it('repeats, each copy a clone of its own', () => {
    const hub = createTestHub({ deliver: () => [{}, {}] });
    const [a, b] = [join(hub), join(hub)];
    a.post({ n: 1 });
    hub.flush();
    expect(b.received).toEqual([{ n: 1 }, { n: 1 }]);
    expect(b.received[0]).not.toBe(b.received[1]);
  });

  it('reorders: what overtakes comes before as many of the same receiver as it says', () => {
    const deliver = ({ number }: { number: number }) => [{ overtakes: number === 9 ? 2 : 0 }];
    expect(tenNumbers(createTestHub({ deliver }))).toEqual([0, 1, 2, 3, 4, 5, 6, 9, 7, 8]);
    const all = ({ number }: { number: number }) => [{ overtakes: number }];
    expect(tenNumbers(createTestHub({ deliver: all }))).toEqual([...inOrder].reverse());
  });
});

describe('hub time', () => {
  it('moves as the test says, and delivers what is due by then', () => {
    const hub = createTestHub({ deliver: ({ message }) => [{ delay: Number(message) }] });
    const [a, b] = [join(hub), join(hub)];
    for (const delay of [30, 10, 20]) a.post(delay);
    expect([hub.advance(9), b.received, hub.now]).toEqual([0, [], 9]);
    expect([hub.advance(11), b.received, hub.now]).toEqual([2, [10, 20], 20]);
    a.post(5);
    expect([hub.advance(10), b.received, hub.pending]).toEqual([2, [10, 20, 5, 30], 0]);
  });

  it('is moved by step and flush to when the next delivery is due', () => {
    const hub = createTestHub({ deliver: ({ message }) => [{ delay: Number(message) }] });
    const [a, b] = [join(hub), join(hub)];
    for (const delay of [50, 0, 70]) a.post(delay);
    expect([hub.step(), hub.now, hub.step(), hub.now]).toEqual([true, 0, true, 50]);
    expect([hub.flush(), hub.now, b.received]).toEqual([1, 70, [0, 50, 70]]);
  });

  it('an answer to what is delivered on the way is due in time, too', () => {
    const hub = createTestHub({ deliver: () => [{ delay: 10 }] });
    const [a, b] = [join(hub), join(hub)];
    b.onMessage(() => b.post('pong'));
    a.post('ping');
    hub.advance(19);
    expect(a.received).toEqual([]);
    hub.advance(1);
    expect(a.received).toEqual(['pong']);
  });
});

it('step takes the first delivery that the test picks', () => {
  const hub = createTestHub();
  const [a, b, c] = [join(hub, 'a'), join(hub, 'b'), join(hub, 'c')];
  a.post(1);
  a.post(2);
  expect(hub.step(({ to, message }) => to === 'c' && message === 2)).toBe(true);
  expect([b.received, c.received]).toEqual([[], [2]]);
  expect(hub.step(({ from }) => from === 'b')).toBe(false);
  expect(hub.flush()).toBe(3);
  expect([b.received, c.received]).toEqual([
    [1, 2],
    [2, 1],
  ]);
});

describe('delivery at random', () => {
  const random = { loss: 0.2, duplication: 0.2, reordering: 0.3, delay: 20 };

  it('is repeated by its seed, and another seed gives another', () => {
    const once = tenNumbers(createTestHub({ random: { ...random, seed: 1 } }));
    expect(tenNumbers(createTestHub({ random: { ...random, seed: 1 } }))).toEqual(once);
    expect(tenNumbers(createTestHub({ random: { ...random, seed: 2 } }))).not.toEqual(once);
  });

  it('prints the seed that it draws, with the call that repeats it', () => {
    const info = vi.spyOn(console, 'info').mockImplementation(() => undefined);
    const hub = createTestHub({ random });
    const text = `createTestHub({ random: { seed: ${hub.seed} } })`;
    expect(info).toHaveBeenCalledExactlyOnceWith(expect.stringContaining(text));
    const again = createTestHub({ random: { ...random, seed: hub.seed! } });
    expect(tenNumbers(again)).toEqual(tenNumbers(hub));
    expect(info).toHaveBeenCalledOnce();
  });

  it('does each kind of disorder by itself, and none where no chance is given', () => {
    expect(tenNumbers(createTestHub({ random: { seed: 1 } }))).toEqual(inOrder);
    const only = (kind: object) => tenNumbers(createTestHub({ random: { seed: 3, ...kind } }));
    expect(only({ loss: 1 })).toEqual([]);
    expect(only({ duplication: 1 })).toEqual(inOrder.flatMap((n) => [n, n]));
    const shuffled = only({ reordering: 0.5 });
    expect(shuffled).not.toEqual(inOrder);
    expect([...shuffled].sort()).toEqual(inOrder);
    const late = only({ delay: 20 });
    expect(late).not.toEqual(inOrder);
    expect([...late].sort()).toEqual(inOrder);
  });

  it('leaves alone what the policy has decided', () => {
    const hub = createTestHub({ deliver: () => [{}], random: { seed: 1, loss: 1 } });
    expect(tenNumbers(hub)).toEqual(inOrder);
  });
});
