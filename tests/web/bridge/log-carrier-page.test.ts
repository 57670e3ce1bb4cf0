// @vitest-environment jsdom
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import {
  carry,
  disposeAll,
  frame,
  nothing,
  scriptedLocks,
  scriptedLog,
  wire,
} from './scripted-log.js';

const hide = (persisted = true) =>
  window.dispatchEvent(new PageTransitionEvent('pagehide', { persisted }));
const show = () => window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
const document_ = (name: string) => document.dispatchEvent(new Event(name));
function see(state: DocumentVisibilityState) {
  vi.spyOn(document, 'visibilityState', 'get').mockReturnValue(state);
  document_('visibilitychange');
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  disposeAll();
  vi.restoreAllMocks();
  vi.useRealTimers();
});

function connected(script: Parameters<typeof scriptedLog>[0] = {}) {
  const log = scriptedLog(script);
  const channel = wire();
  const { locks, questions, requests } = scriptedLocks(channel.events);
  const { carrier } = carry({ open: channel.open, calls: log.calls, locks });
  carrier.connect();
  questions[0]!([]);
  channel.events.length = 0;
  log.told.length = 0;
  return { carrier, log, events: channel.events, questions, requests };
}
const keeper = 'isthmus/shop/keeper';
const replica = 'isthmus/shop/replica/me';

it('a page that goes into the cache leaves nothing open or held, and takes its place when it returns', () => {
  const { carrier, log, events } = connected({ wake: () => ({ frames: [frame(2)] }) });
  log.script.sleep = () => ({ frames: [frame(1)], lock: 'release' });
  carrier.follow({ ...nothing, lock: 'request', deadline: performance.now() + 10 });
  hide();
  hide();
  const released = [`release ${keeper}`, `release ${replica}`];
  expect(events).toEqual([`request ${keeper}`, frame(1), ...released, 'close']);
  expect(vi.getTimerCount()).toBe(0);
  show();
  show();
  expect(events.slice(5)).toEqual(['open shop/log', `request ${replica}`, frame(2)]);
  expect(log.told).toEqual([['sleep'], ['wake']]);
});

it('a page that goes for good says so', () => {
  const { carrier, log, events } = connected({ leave: () => ({ frames: [frame(3)] }) });
  hide(false);
  expect([log.told, events]).toEqual([[['leave']], [frame(3), `release ${replica}`, 'close']]);
  carrier.dispose();
  expect(log.told).toEqual([['leave']]);
});

it('a page that goes before it knew of the others has begun alone, and wakes when it returns', () => {
  const log = scriptedLog();
  const { locks, questions } = scriptedLocks();
  carry({ open: wire().open, calls: log.calls, locks }).carrier.connect();
  hide();
  questions[0]!(['isthmus/shop/replica/b']);
  expect(log.told).toEqual([['start', []], ['sleep']]);
  show();
  expect(log.told.slice(2)).toEqual([['wake']]);
});

it('a bridge that is switched on while the page is in the cache waits for its return', () => {
  const { carrier, log, events } = connected();
  hide();
  carrier.setEnabled(false);
  show();
  expect([events.length, log.told]).toEqual([2, [['sleep']]]);
  hide();
  carrier.setEnabled(true);
  expect(log.told).toEqual([['sleep']]);
  show();
  expect(log.told).toEqual([['sleep'], ['wake']]);
});

it('a page that freezes keeps channel and presence, and is woken when it resumes', () => {
  const { carrier, log, events } = connected({ sleep: () => ({ lock: 'release' }) });
  carrier.follow({ ...nothing, lock: 'request' });
  document_('freeze');
  expect(events).toEqual([`request ${keeper}`, `release ${keeper}`]);
  document_('resume');
  expect(log.told).toEqual([['sleep'], ['wake']]);
});

it('a page in the cache is not frozen once more', () => {
  const { log } = connected();
  hide();
  document_('freeze');
  document_('resume');
  expect(log.told).toEqual([['sleep']]);
});

it('the log is told when the page is hidden and seen, once each, and of what it missed', () => {
  const { log } = connected();
  see('hidden');
  document_('visibilitychange');
  see('visible');
  expect(log.told).toEqual([
    ['setHidden', true],
    ['setHidden', false],
  ]);
  hide();
  see('hidden');
  expect(log.told.length).toBe(3);
  show();
  expect(log.told.slice(3)).toEqual([['wake'], ['setHidden', true]]);
});

it('a log that starts in a hidden page is told after its start', () => {
  vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden');
  const log = scriptedLog();
  carry({ open: wire().open, calls: log.calls }).carrier.connect();
  expect(log.told).toEqual([
    ['start', undefined],
    ['setHidden', true],
  ]);
});

it('one that has ended hears nothing more of its page', () => {
  const { carrier, log, events } = connected();
  carrier.dispose();
  const before = [log.told.length, events.length];
  hide();
  show();
  see('hidden');
  document_('freeze');
  document_('resume');
  expect([log.told.length, events.length]).toEqual(before);
});
