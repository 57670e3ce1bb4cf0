import { createTestHub } from 'isthmus/testing';
import { describe, expect, it } from 'vitest';
import { openToyLog } from './toy-log.js';

const sorted = (entries: readonly number[]) => [...entries].sort();

describe('settle', () => {
  it('goes on until all logs have settled, and tells how many deliveries that took', () => {
    const hub = createTestHub();
    const [a, b, c] = ['a', 'b', 'c'].map((tab) => openToyLog(hub, tab));
    const [plain, other] = [hub.connect('a')('one'), hub.connect('b')('one')];
    other.onMessage(() => undefined);
    a!.add(1);
    b!.add(2);
    c!.add(3);
    plain.post('x');
    hub.flush();
    expect(hub.pending).toBe(0);
    expect(hub.settle()).toBe(0);
    plain.post('y');
    expect(hub.settle()).toBe(1);
    for (const { log } of [a!, b!, c!]) {
      expect([sorted(log.settled), log.tentative]).toEqual([[1, 2, 3], []]);
    }
    expect(a!.carrier.inspect()).toMatchObject({ isOpen: true, lock: 'none' });
  });

  it('is the same each time', () => {
    const course = () => {
      const random = { seed: 3, loss: 0.3, duplication: 0.2, reordering: 0.2, delay: 30 };
      const hub = createTestHub({ random });
      const tabs = ['a', 'b', 'c'].map((tab) => openToyLog(hub, tab));
      tabs.forEach(({ add }, entry) => add(entry));
      hub.settle();
      return [hub.now, ...tabs.map(({ log }) => log.settled)];
    };
    const [now, ...settled] = course();
    expect(course()).toEqual([now, ...settled]);
    expect(now).toBeGreaterThan(0);
    for (const entries of settled) expect(sorted(entries as number[])).toEqual([0, 1, 2]);
  });

  it('names the tabs that have not settled, and how much', () => {
    const hub = createTestHub({ deliverLog: () => [] });
    const [a, b] = [openToyLog(hub, 'a'), openToyLog(hub, 'b')];
    const hold = hub.connect('somebody')('one/log').locks;
    if (hold) hold.request('isthmus/one/keeper', {});
    hub.advance(0);
    a.add(1);
    b.add(2);
    b.add(3);
    expect(() => hub.settle()).toThrow(
      "at 60000 ms of hub time not all actions are settled: 'a' has 1, 'b' has 2.",
    );
  });

  it('does not wait for tabs that sleep or are gone, which catch up when they wake', () => {
    const hub = createTestHub();
    const [a, b, c] = ['a', 'b', 'c'].map((tab) => openToyLog(hub, tab));
    c!.add(9);
    hub.tab('b').freeze();
    a!.add(1);
    hub.advance(0);
    hub.tab('c').crash();
    hub.settle();
    expect(sorted(a!.log.settled)).toEqual([1, 9]);
    expect(b!.log.settled).toEqual([]);
    hub.tab('b').resume();
    hub.settle();
    expect(sorted(b!.log.settled)).toEqual([1, 9]);
  });

  it('takes the lock from a tab that crashed with it', () => {
    const hub = createTestHub();
    const [a, b] = [openToyLog(hub, 'a'), openToyLog(hub, 'b')];
    const holder = hub.connect('c')('one/log').locks;
    if (holder) holder.request('isthmus/one/keeper', {});
    hub.advance(0);
    a.add(1);
    hub.advance(2000);
    expect([a.log.tentative, b.log.tentative]).toEqual([[1], [1]]);
    hub.tab('c').crash();
    hub.settle();
    expect([a.log.settled, b.log.settled]).toEqual([[1], [1]]);
  });

  it('leaves hub time alone where nothing is to be done', () => {
    const hub = createTestHub();
    openToyLog(hub);
    expect([hub.settle(), hub.now]).toEqual([0, 0]);
  });
});
