import type { TransportLocks } from 'isthmus';
import { createTestHub, type TestHub } from 'isthmus/testing';
import { describe, expect, it, vi } from 'vitest';

/** A tab on the channel, and all that happened to it, in order. */
function join(hub: TestHub, tab: string, channel = 'one') {
  const events: unknown[] = [];
  const transport = hub.connect(tab)(channel);
  const locks = transport.locks as TransportLocks;
  transport.onMessage((message) => events.push(message));
  const note = (event: unknown) => () => void events.push(event);
  const after = (milliseconds: number) => transport.timers!.after(milliseconds, note(milliseconds));
  const request = (name: string, steal = false) => {
    const [onGranted, onLost] = [note(`granted ${name}`), note(`lost ${name}`)];
    return locks.request(name, { steal, onGranted, onLost });
  };
  const held = () => {
    const tell = vi.fn();
    locks.held(tell);
    return tell.mock.calls[0]?.[0];
  };
  return { ...transport, events, after, request, held };
}

describe('a tab that sleeps', () => {
  it('hears what it was sent when it wakes, and others go on', () => {
    const hub = createTestHub();
    const [a, b, c] = [join(hub, 'a'), join(hub, 'b'), join(hub, 'c')];
    hub.tab('b').freeze();
    a.post('x');
    expect([hub.flush(), hub.pending, b.events, c.events]).toEqual([1, 1, [], ['x']]);
    expect([hub.step(), hub.advance(10), hub.waiting.map(({ to }) => to)]).toEqual([
      false,
      0,
      ['b'],
    ]);
    hub.tab('b').resume();
    expect([hub.flush(), b.events]).toEqual([1, ['x']]);
  });

  it('has its timers late, and keeps its locks', () => {
    const hub = createTestHub();
    const [a, b] = [join(hub, 'a'), join(hub, 'b')];
    a.request('keeper');
    a.after(10);
    hub.tab('a').freeze();
    b.request('keeper');
    hub.advance(100);
    expect([a.events, b.events, b.held()]).toEqual([[], [], ['keeper']]);
    hub.tab('a').resume();
    hub.advance(0);
    expect([a.events, b.events, hub.now]).toEqual([['granted keeper', 10], [], 100]);
  });

  it('is told of a theft when it wakes', () => {
    const hub = createTestHub();
    const [a, b] = [join(hub, 'a'), join(hub, 'b')];
    a.request('keeper');
    hub.advance(0);
    hub.tab('a').freeze();
    b.request('keeper', true);
    hub.advance(0);
    expect([a.events, b.events]).toEqual([['granted keeper'], ['granted keeper']]);
    hub.tab('a').resume();
    hub.advance(0);
    expect(a.events).toEqual(['granted keeper', 'lost keeper']);
  });
});

it('a tab that crashed is silent, and its locks are free; its name may be used anew', () => {
  const hub = createTestHub();
  const [a, b] = [join(hub, 'a'), join(hub, 'b')];
  a.request('keeper');
  a.request('here/a');
  b.request('keeper');
  a.after(10);
  b.post('lost');
  a.post('sent before');
  hub.tab('a').crash();
  hub.tab('a').crash();
  a.post('x');
  a.request('late');
  expect(b.held()).toEqual(['keeper']);
  hub.advance(10);
  expect([a.events, b.events]).toEqual([[], ['granted keeper', 'sent before']]);
  const again = join(hub, 'a');
  b.post('y');
  hub.flush();
  expect([a.events, again.events]).toEqual([[], ['y']]);
});

it('a tab can be hidden and shown, which it is told once each', () => {
  const hub = createTestHub();
  const { visibility } = join(hub, 'a');
  const seen: boolean[] = [];
  const stop = visibility!.onChange(() => seen.push(visibility!.isHidden));
  hub.tab('a').hide();
  hub.tab('a').hide();
  hub.tab('a').show();
  stop();
  hub.tab('a').hide();
  expect([seen, visibility!.isHidden]).toEqual([[true, false], true]);
});

it('a tab that nobody connected is refused, with the names that there are', () => {
  const hub = createTestHub();
  expect(() => hub.tab('a')).toThrow("no tab 'a' is connected to this hub; there are: none.");
  hub.connect();
  hub.connect('cart');
  expect(() => hub.tab('a')).toThrow("there are: 'tab-1', 'cart'.");
});

describe('timers of a tab', () => {
  it('go off in hub time, in order with what is delivered, and before it at the same time', () => {
    const hub = createTestHub({ deliver: ({ message }) => [{ delay: Number(message) / 10 }] });
    const [a, b] = [join(hub, 'a'), join(hub, 'b')];
    b.after(30);
    b.after(10);
    b.after(20)();
    a.post('100');
    a.post('150');
    const times: number[] = [];
    b.timers!.after(12, () => times.push(b.timers!.now()));
    expect([hub.advance(15), b.events, times]).toEqual([2, [10, '100', '150'], [12]]);
    expect([hub.advance(15), b.events.at(-1), hub.now]).toEqual([0, 30, 30]);
  });

  it('take time, even one that sets itself again at once', () => {
    const hub = createTestHub();
    const { timers } = join(hub, 'a');
    let count = 0;
    const again = () => void timers!.after(0, () => ((count += 1), again()));
    again();
    hub.advance(10);
    expect([count, hub.now]).toEqual([10, 10]);
  });

  it('wait for hub time: step and flush move it only as far as deliveries do', () => {
    const hub = createTestHub({ deliver: () => [{ delay: 50 }] });
    const [a, b] = [join(hub, 'a'), join(hub, 'b')];
    b.after(40);
    b.after(60);
    a.post('x');
    expect([hub.flush(), b.events, hub.now]).toEqual([1, [40, 'x'], 50]);
    expect([hub.step(), b.events]).toEqual([false, [40, 'x']]);
  });
});

describe('locks of a hub', () => {
  it('go from one to the next, who is told in a later step', () => {
    const hub = createTestHub();
    const [a, b, c] = [join(hub, 'a'), join(hub, 'b'), join(hub, 'c', 'two')];
    const release = a.request('keeper');
    const takeBack = b.request('keeper');
    c.request('keeper');
    expect([a.events, a.held()]).toEqual([[], ['keeper']]);
    hub.advance(0);
    expect([a.events, b.events]).toEqual([['granted keeper'], []]);
    takeBack();
    release();
    release();
    hub.advance(0);
    expect([b.events, c.events]).toEqual([[], ['granted keeper']]);
  });

  it('that are given back before the grant was told are not told any more', () => {
    const hub = createTestHub();
    const [a, b] = [join(hub, 'a'), join(hub, 'b')];
    const release = a.request('keeper');
    release();
    b.request('keeper');
    const stolen = a.request('keeper', true);
    stolen();
    hub.advance(0);
    expect([a.events, b.events, b.held()]).toEqual([[], ['lost keeper'], []]);
  });

  it('overtake the messages that their holder has posted', () => {
    const hub = createTestHub();
    const [a, b] = [join(hub, 'a'), join(hub, 'b')];
    const release = a.request('keeper');
    b.request('keeper');
    hub.advance(0);
    a.post('last word');
    release();
    hub.flush();
    expect(b.events).toEqual(['granted keeper', 'last word']);
  });
});

describe('what logs tell each other', () => {
  const bytes = Uint8Array.of(1, 2);

  it('comes along with the deliveries, in the order of sending, and is not counted', () => {
    const hub = createTestHub();
    const [a, b] = [join(hub, 'a'), join(hub, 'b')];
    const [aLog, bLog] = [join(hub, 'a', 'one/log'), join(hub, 'b', 'one/log')];
    expect([a.carriesBytes, aLog.carriesBytes]).toEqual([false, true]);
    bLog.onMessage((frame) => b.events.push(frame));
    aLog.post(bytes);
    a.post('x');
    aLog.post('frame');
    a.post('y');
    expect([hub.pending, hub.waiting.length, hub.messages]).toEqual([2, 2, ['x', 'y']]);
    expect(hub.waiting.map(({ number }) => number)).toEqual([0, 1]);
    expect([hub.step(), b.events]).toEqual([true, [bytes, 'x', 'frame']]);
    bLog.post('answer');
    expect([hub.flush(), aLog.events, b.events.at(-1)]).toEqual([1, ['answer'], 'y']);
    aLog.post('alone');
    expect([hub.pending, hub.step(), b.events.at(-1)]).toEqual([0, false, 'alone']);
  });

  it('is delayed and lost by a policy of its own', () => {
    const deliver = vi.fn(() => undefined);
    const deliverLog = vi.fn(({ message }: { message: unknown }) =>
      message === 'lost' ? [] : [{ delay: 10 }],
    );
    const hub = createTestHub({ deliver, deliverLog });
    const [a, b] = [join(hub, 'a', 'one/log'), join(hub, 'b', 'one/log')];
    a.post('lost');
    a.post('late');
    expect([hub.flush(), b.events]).toEqual([0, []]);
    expect([hub.advance(10), b.events]).toEqual([0, ['late']]);
    expect(deliver).not.toHaveBeenCalled();
    const sent = { from: 'a', to: 'b', channel: 'one/log', number: -1 };
    expect(deliverLog.mock.calls[0]).toEqual([{ ...sent, message: 'lost' }]);
  });

  it('is disordered at random without changing what becomes of the messages', () => {
    const received = (frames: number) => {
      const hub = createTestHub({ random: { seed: 5, loss: 0.3, duplication: 0.3, delay: 9 } });
      const [a, b] = [join(hub, 'a'), join(hub, 'b')];
      const [aLog, bLog] = [join(hub, 'a', 'one/log'), join(hub, 'b', 'one/log')];
      for (let number = 0; number < 20; number += 1) {
        a.post(number);
        for (let frame = 0; frame < frames; frame += 1) aLog.post(frame);
      }
      hub.advance(9);
      return [b.events, bLog.events.length];
    };
    const [[without], [beside, frames]] = [received(0), received(3)];
    expect(beside).toEqual(without);
    expect(frames).not.toBe(60);
  });

  it('is put off to a later task in hub time', () => {
    const hub = createTestHub();
    const log = join(hub, 'a', 'one/log');
    log.later!(() => log.events.push('later'));
    expect(log.events).toEqual([]);
    hub.advance(0);
    expect(log.events).toEqual(['later']);
  });
});
