import { loadEngine } from 'isthmus';
import { expect, it, vi } from 'vitest';
import { addEverywhere, createTestHub, openStranger, openTab, envelope } from './tabs.js';

await loadEngine();

it('a bridge that is off keeps actions at home and takes none, and local state goes on', () => {
  const hub = createTestHub();
  const [a, b] = [openTab(hub), openTab(hub)];
  b.store.bridge.setEnabled(false);
  expect([a.store.bridge.enabled, b.store.bridge.enabled]).toEqual([true, false]);
  a.store.dispatch(addEverywhere('from a'));
  b.store.dispatch(addEverywhere('from b'));
  hub.flush();
  expect([a.entries(), b.entries()]).toEqual([['from a'], ['from b']]);
  expect(b.store.bridge.counters()).toEqual({
    sent: 0,
    accepted: 0,
    limited: 0,
    parked: 0,
    discarded: 0,
    dropped: { off: 1 },
    refused: { off: 1 },
    byType: { 'log/add': { off: 2 } },
  });
});

it('a bridge that is switched on again goes on', () => {
  const hub = createTestHub();
  const [a, b] = [openTab(hub, { enabled: false }), openTab(hub)];
  a.store.dispatch(addEverywhere('at home'));
  a.store.bridge.setEnabled(true);
  a.store.dispatch(addEverywhere('x'));
  hub.flush();
  expect([b.entries(), hub.messages.length]).toEqual([['x'], 1]);
});

it('a message that came while the bridge was off is taken when it comes again', () => {
  const hub = createTestHub();
  const tab = openTab(hub, { enabled: false });
  const stranger = openStranger(hub);
  const message = envelope();
  stranger.post(message);
  tab.store.bridge.setEnabled(true);
  stranger.post(message);
  expect(tab.entries()).toEqual(['hello']);
});

it('the flag is read for every message, and cannot switch on what is switched off', () => {
  let flag = false;
  const hub = createTestHub();
  const [a, b] = [openTab(hub, { flag: () => flag }), openTab(hub)];
  a.store.dispatch(addEverywhere('x'));
  flag = true;
  expect(a.store.bridge.enabled).toBe(true);
  a.store.dispatch(addEverywhere('y'));
  a.store.bridge.setEnabled(false);
  a.store.dispatch(addEverywhere('z'));
  hub.flush();
  expect(b.entries()).toEqual(['y']);
});

it('a flag that throws pauses crossing: it is reported, and what it keeps is counted', async () => {
  const report = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  const flag = () => {
    throw new Error('broken');
  };
  const hub = createTestHub();
  const { store, drops, entries } = openTab(hub, { flag });
  openStranger(hub).post(envelope());
  store.dispatch(addEverywhere('x'));
  await Promise.resolve();
  expect([entries(), hub.messages.length]).toEqual([['x'], 1]);
  expect(store.bridge.counters()).toMatchObject({ dropped: { off: 1 }, refused: { off: 1 } });
  expect(drops.map(({ direction, reason }) => [direction, reason])).toEqual([
    ['in', 'off'],
    ['out', 'off'],
  ]);
  expect(report.mock.calls).toEqual([[new Error('broken')], [new Error('broken')]]);
  report.mockRestore();
});
