import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  carry,
  disposeAll,
  frame,
  nothing,
  scriptedLocks,
  scriptedLog,
  wire,
} from './scripted-log.js';

// In Node, so without a page, a document and locks.

const timers = () => vi.getTimerCount();
beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  disposeAll();
  vi.useRealTimers();
});

/** What is reported as uncaught meanwhile. */
function watchReports() {
  const report = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  return async () => {
    await Promise.resolve();
    const errors = report.mock.calls.map(([error]) => error);
    report.mockRestore();
    return errors;
  };
}

describe('a carrier starts its log', () => {
  it('on the second channel, at once where there are no locks to ask', () => {
    const [log, channel] = [scriptedLog(), wire()];
    const { carrier, outcomes } = carry({ open: channel.open, calls: log.calls });
    expect([channel.events, log.told]).toEqual([[], []]);
    carrier.connect();
    carrier.connect();
    expect(channel.events).toEqual(['open shop/log']);
    expect(log.told).toEqual([['start', undefined]]);
    expect(outcomes).toEqual([nothing]);
  });

  it('once the locks have told which others are there, and holds one itself', () => {
    const log = scriptedLog();
    const channel = wire();
    const { locks, questions } = scriptedLocks(channel.events);
    const { carrier } = carry({ open: channel.open, calls: log.calls, locks });
    carrier.connect();
    channel.bring(frame(1)); // too early
    expect(log.told).toEqual([]);
    expect(channel.events).toEqual(['open shop/log', 'request isthmus/shop/replica/me']);
    const others = ['isthmus/shop/replica/b', 'isthmus/other/replica/c', 'isthmus/shop/keeper'];
    questions[0]!(['isthmus/shop/replica/me', ...others]);
    expect(log.told).toEqual([['start', ['b']]]);
    expect(carrier.inspect()).toMatchObject({ present: ['b'], isOpen: true });
  });

  it('with the locks and the clock of the transport, unless the option says otherwise', () => {
    const log = scriptedLog();
    const { locks, questions } = scriptedLocks();
    const follow = vi.fn();
    const clock = { now: () => 77, after: () => () => undefined };
    const unsettled = () => 3;
    const members = { locks, timers: clock, follow };
    carry({
      open: wire(members).open,
      calls: log.calls,
      locks: undefined,
      unsettled,
    }).carrier.connect();
    questions[0]!([]);
    expect([log.told, log.times]).toEqual([[['start', []]], [77]]);
    expect(follow.mock.calls).toEqual([[unsettled]]);
    carry({ open: wire(members).open, calls: log.calls }).carrier.connect();
    expect([questions.length, log.told[1]]).toEqual([1, ['start', undefined]]);
  });

  it('alone while the bridge is off, and wakes it when that is on', () => {
    const log = scriptedLog({ start: () => ({ frames: [frame(1)], deadline: 10 }) });
    const channel = wire();
    const { carrier } = carry({ open: channel.open, calls: log.calls });
    carrier.setEnabled(false);
    carrier.connect();
    expect(log.told).toEqual([['start', []], ['sleep']]);
    expect([channel.events, timers()]).toEqual([[], 0]);
    carrier.setEnabled(true);
    expect([channel.events, log.told.slice(2)]).toEqual([['open shop/log'], [['wake']]]);
  });
});

describe('frames', () => {
  it('go out in their order, those of other calls too, before the outcome is told', () => {
    const log = scriptedLog({ start: () => ({ frames: [frame(1), frame(2)] }) });
    const channel = wire();
    const seen: number[] = [];
    const onOutcome = () => void seen.push(channel.events.length);
    const { carrier } = carry({ open: channel.open, calls: log.calls, onOutcome });
    carrier.connect();
    carrier.follow({ ...nothing, frames: [frame(3)] });
    expect(channel.events).toEqual(['open shop/log', frame(1), frame(2), frame(3)]);
    expect(seen).toEqual([3, 4]);
  });

  it('come in as bytes, or as text from a transport that carries none; all else as nothing', () => {
    const log = scriptedLog();
    const bytes = Uint8Array.from({ length: 70_000 }, (_, i) => i);
    const channel = wire({ carriesBytes: false });
    const { carrier } = carry({ open: channel.open, calls: log.calls });
    carrier.connect();
    carrier.follow({ ...nothing, frames: [bytes] });
    const [, text] = channel.events;
    expect(typeof text).toBe('string');
    for (const message of [bytes, text, '!', { isthmus: 1 }, null]) channel.bring(message);
    const received = log.told.slice(1).map(([, received]) => received);
    expect(received).toEqual([bytes, bytes, frame(), frame(), frame()]);
  });

  it('that are large go out one per task, and what is behind them waits', () => {
    const log = scriptedLog();
    const later: (() => void)[] = [];
    const channel = wire({ later: (task) => void later.push(task) });
    const { carrier } = carry({ open: channel.open, calls: log.calls });
    carrier.connect();
    const large = [1, 2, 3].map((mark) => new Uint8Array(256 * 1024).fill(mark));
    carrier.follow({ ...nothing, frames: [frame(9), ...large] });
    carrier.follow({ ...nothing, frames: [frame(4)] });
    const posted = () => channel.events.slice(1).map((event) => (event as Uint8Array)[0]);
    expect([posted(), later.length]).toEqual([[9, 1], 1]);
    later.shift()!();
    expect([posted(), later.length]).toEqual([[9, 1, 2], 1]);
    carrier.dispose(); // all of it leaves with the page
    expect(posted().slice(3, 5)).toEqual([3, 4]);
    later.shift()!();
    expect(channel.events.at(-1)).toBe('close');
  });
});

describe('time', () => {
  it('is one timer, that is moved to an earlier deadline and looks again for a later one', () => {
    const set = vi.spyOn(globalThis, 'setTimeout');
    const log = scriptedLog();
    const { carrier } = carry({ open: wire().open, calls: log.calls });
    const start = performance.now();
    log.script.start = () => ({ deadline: start + 100 });
    carrier.connect();
    carrier.follow({ ...nothing, deadline: start + 50 });
    for (let i = 0; i < 100; i++) carrier.follow({ ...nothing, deadline: start + 80 + i });
    expect([timers(), set.mock.calls.length]).toEqual([1, 2]);
    vi.advanceTimersByTime(178);
    expect(log.told).toEqual([['start', undefined]]);
    vi.advanceTimersByTime(1);
    expect(log.told.slice(1)).toEqual([['tick', undefined]]);
    expect([timers(), set.mock.calls.length]).toEqual([0, 3]);
    set.mockRestore();
  });

  it('is set once for a deadline that is told again and again, between two milliseconds too', () => {
    const set = vi.spyOn(globalThis, 'setTimeout');
    const { carrier } = carry({ open: wire().open, calls: scriptedLog().calls });
    carrier.connect();
    for (const deadline of [performance.now() + 10.25, performance.now() - 5000]) {
      set.mockClear();
      for (let i = 0; i < 100; i++) carrier.follow({ ...nothing, deadline });
      expect([timers(), set.mock.calls.length]).toEqual([1, 1]);
    }
    set.mockRestore();
  });

  it('stands still where nothing is to be done, and a late timer is one tick', () => {
    const log = scriptedLog();
    const { carrier } = carry({ open: wire().open, calls: log.calls });
    carrier.connect();
    expect(timers()).toBe(0);
    carrier.follow({ ...nothing, deadline: performance.now() + 10 });
    carrier.follow(nothing);
    expect(timers()).toBe(0);
    carrier.follow({ ...nothing, deadline: performance.now() - 5000 });
    expect(timers()).toBe(1);
    vi.advanceTimersByTime(0);
    expect(log.told.slice(1)).toEqual([['tick', undefined]]);
  });

  it('has no longer timers than browsers know', () => {
    const log = scriptedLog();
    const { carrier } = carry({ open: wire().open, calls: log.calls });
    carrier.connect();
    carrier.follow({ ...nothing, deadline: performance.now() + 2 ** 40 });
    vi.advanceTimersByTime(2 ** 32);
    expect([log.told.length, timers()]).toEqual([1, 1]);
  });

  it('ticks with those who are there then, and asks one question at a time', () => {
    const log = scriptedLog();
    const { locks, questions } = scriptedLocks();
    const { carrier } = carry({ open: wire().open, calls: log.calls, locks });
    carrier.connect();
    questions[0]!([]);
    const due = () => carrier.follow({ ...nothing, deadline: performance.now() });
    due();
    vi.advanceTimersByTime(0);
    due();
    vi.advanceTimersByTime(0);
    expect([questions.length, log.told.length]).toEqual([2, 1]);
    questions[1]!(['isthmus/shop/replica/b']);
    expect(log.told.slice(1)).toEqual([['tick', ['b']]]);
    due();
    vi.advanceTimersByTime(0);
    questions[2]!(undefined);
    expect(log.told.slice(2)).toEqual([['tick', undefined]]);
    expect(carrier.inspect().present).toBeUndefined();
  });
});

describe("the keeper's lock", () => {
  const keeper = 'isthmus/shop/keeper';
  function connected() {
    const log = scriptedLog();
    const channel = wire();
    const { locks, requests, questions } = scriptedLocks(channel.events);
    const { carrier } = carry({ open: channel.open, calls: log.calls, locks });
    carrier.connect();
    questions[0]!([]);
    channel.events.length = 0;
    log.told.length = 0;
    const use = (lock: 'request' | 'steal' | 'release') => carrier.follow({ ...nothing, lock });
    return { carrier, use, log, events: channel.events, request: () => requests.at(-1)! };
  }

  it('is asked for, granted, lost and given back', () => {
    const { carrier, use, log, events, request } = connected();
    use('request');
    expect(carrier.inspect().lock).toBe('asked');
    request().onGranted!();
    expect(carrier.inspect().lock).toBe('held');
    request().onLost!();
    expect(carrier.inspect().lock).toBe('none');
    expect(log.told).toEqual([['lockGranted'], ['lockLost']]);
    use('request');
    request().onGranted!();
    use('release');
    use('release');
    expect(carrier.inspect().lock).toBe('none');
    const once = [`request ${keeper}`, `release ${keeper}`];
    expect(events).toEqual([...once, ...once]);
  });

  it('is stolen once the own request was taken back', () => {
    const { use, events } = connected();
    use('request');
    use('steal');
    expect(events).toEqual([`request ${keeper}`, `release ${keeper}`, `steal ${keeper}`]);
  });

  it('goes back with a carrier that ends while it waits, and nothing follows', () => {
    const { carrier, use, log, events } = connected();
    use('request');
    carrier.dispose();
    carrier.dispose();
    const given = [`release ${keeper}`, 'release isthmus/shop/replica/me', 'close'];
    expect(events).toEqual([`request ${keeper}`, ...given]);
    carrier.follow({ ...nothing, frames: [frame(1)], lock: 'request', deadline: 0 });
    carrier.setEnabled(true);
    carrier.connect();
    expect([events.length, timers(), log.told]).toEqual([4, 0, [['leave']]]);
  });
});

it('a bridge that is off takes presence, lock and timer along, and is woken when it is on', () => {
  const log = scriptedLog({ sleep: () => ({ frames: [frame(7)] }) });
  const channel = wire();
  const { locks, questions } = scriptedLocks(channel.events);
  const { carrier, outcomes } = carry({ open: channel.open, calls: log.calls, locks });
  carrier.connect();
  questions[0]!([]);
  carrier.follow({ ...nothing, lock: 'request', deadline: performance.now() + 10 });
  channel.events.length = 0;
  carrier.setEnabled(false);
  carrier.setEnabled(false);
  expect(channel.events).toEqual([
    ...[frame(7), 'release isthmus/shop/keeper', 'release isthmus/shop/replica/me', 'close'],
  ]);
  carrier.follow({ ...nothing, frames: [frame(8)], lock: 'request', deadline: 0 });
  expect([channel.events.length, timers(), outcomes.length]).toEqual([4, 0, 4]);
  expect(carrier.inspect()).toMatchObject({ isOpen: false, lock: 'none' });
  carrier.setEnabled(true);
  expect(channel.events.slice(4)).toEqual(['open shop/log', 'request isthmus/shop/replica/me']);
  expect(log.told).toEqual([['start', []], ['sleep'], ['wake']]);
});

it('an answer about the others that comes after the bridge went off is passed over', () => {
  const log = scriptedLog();
  const { locks, questions } = scriptedLocks();
  const { carrier } = carry({ open: wire().open, calls: log.calls, locks });
  carrier.connect();
  carrier.setEnabled(false);
  expect(log.told).toEqual([['start', []], ['sleep']]);
  questions[0]!(['isthmus/shop/replica/b']);
  expect(log.told.slice(2)).toEqual([]);
  carrier.setEnabled(true);
  expect(log.told.slice(2)).toEqual([['wake']]);
});

describe('what fails is reported, and goes no further:', () => {
  it('a channel that does not open is tried again with the next frame', async () => {
    const reports = watchReports();
    const log = scriptedLog();
    const channel = wire();
    let failures = 2;
    const open = (name: string) => {
      if (failures-- > 0) throw new Error('closed');
      return channel.open(name);
    };
    const { carrier } = carry({ open, calls: log.calls });
    carrier.connect();
    carrier.follow({ ...nothing, frames: [frame(1)] });
    carrier.follow({ ...nothing, frames: [frame(2)] });
    expect(channel.events).toEqual(['open shop/log', frame(2)]);
    expect(await reports()).toEqual([new Error('closed'), new Error('closed')]);
  });

  it('a post that throws takes nothing else along', async () => {
    const reports = watchReports();
    const posted: unknown[] = [];
    const post = (message: unknown) => {
      if ((message as Uint8Array)[0] === 1) throw new Error('not this one');
      posted.push(message);
    };
    const { carrier } = carry({ open: wire({ post }).open, calls: scriptedLog().calls });
    carrier.connect();
    carrier.follow({ ...nothing, frames: [frame(1), frame(2)] });
    expect([posted, await reports()]).toEqual([[frame(2)], [new Error('not this one')]]);
  });

  it('a log that throws is asked again at the next occasion', async () => {
    const reports = watchReports();
    const log = scriptedLog({
      receive: () => {
        throw new Error('no engine');
      },
    });
    const channel = wire();
    const { carrier } = carry({ open: channel.open, calls: log.calls });
    carrier.connect();
    channel.bring(frame(1));
    delete log.script.receive;
    channel.bring(frame(2));
    expect([log.told.length, await reports()]).toEqual([3, [new Error('no engine')]]);
  });

  it('a listener that throws does not keep the log from its timer', async () => {
    const reports = watchReports();
    const onOutcome = () => {
      throw new Error('listener');
    };
    const { carrier } = carry({ open: wire().open, calls: scriptedLog().calls, onOutcome });
    carrier.connect();
    carrier.follow({ ...nothing, deadline: performance.now() + 10 });
    expect(timers()).toBe(1);
    carrier.dispose();
    expect(await reports()).toEqual([1, 2, 3].map(() => new Error('listener')));
  });
});
