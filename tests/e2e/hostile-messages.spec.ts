import { addItem, tea } from './actions.js';
import { envelope } from './channel-observer.js';
import { expect, test } from './fixtures.js';

test('a malformed and an unlisted message change nothing and are counted by reason', async ({
  openTab,
}) => {
  const tabs = [await openTab(), await openTab()];
  const before = await Promise.all(tabs.map((tab) => tab.state()));
  await tabs[0]?.click('post-malformed');
  await tabs[0]?.click('post-unlisted');
  for (const [index, tab] of tabs.entries()) {
    await expect(tab.get('drop')).toHaveText([/in\s*type\s*admin\/grant/, /in\s*protocol/]);
    expect(await tab.state()).toBe(before[index]);
    const { accepted, dropped, byType } = await tab.counters();
    expect({ accepted, dropped }).toEqual({ accepted: 0, dropped: { type: 1, protocol: 1 } });
    expect(byType['admin/grant']).toEqual({ type: 1 });
    await expect(tab.get('dropped')).not.toContainText('owner');
  }
});

const login = { type: 'auth/login', payload: { user: { id: 'eve', name: 'Eve' } } };

const hostile: { what: string; reason: string; message: unknown }[] = [
  { what: 'a text', reason: 'protocol', message: 'auth/logout' },
  { what: 'null', reason: 'protocol', message: null },
  { what: 'a bare action', reason: 'protocol', message: { type: 'auth/logout' } },
  { what: 'another protocol', reason: 'protocol', message: envelope(login, { isthmus: 99 }) },
  { what: 'no action', reason: 'protocol', message: envelope(login, { action: 7 }) },
  { what: 'a date', reason: 'undecodable', message: envelope(addItem(new Date(0))) },
  { what: 'a huge text', reason: 'too-large', message: envelope(addItem('x'.repeat(4_000_000))) },
  { what: 'an unlisted type', reason: 'type', message: envelope({ type: '__proto__' }) },
  { what: 'a wrong payload', reason: 'schema', message: envelope(addItem({ ...tea, qty: -1 })) },
  { what: 'no payload', reason: 'schema', message: envelope({ type: 'auth/login' }) },
  {
    what: 'a newer schema',
    reason: 'version',
    message: envelope(addItem(), { schemaVersion: 2 }),
  },
  {
    what: 'a token',
    reason: 'secret',
    message: envelope({ ...login, payload: { ...login.payload, token: 'stolen' } }),
  },
  {
    what: 'a clock before all time',
    reason: 'protocol',
    message: envelope(addItem(), { clock: -1 }),
  },
];

test('whatever is wrong with a message on the channel, it is dropped for just that', async ({
  openTab,
  observer,
}) => {
  const tab = await openTab();
  const before = await tab.state();
  const dropped: Record<string, number> = {};
  for (const { what, reason, message } of hostile) {
    await test.step(`${what}: ${reason}`, async () => {
      dropped[reason] = (dropped[reason] ?? 0) + 1;
      await observer.post(message);
      await expect.poll(async () => (await tab.counters()).dropped).toEqual(dropped);
      expect(await tab.state()).toBe(before);
      expect((await tab.counters()).accepted).toBe(0);
    });
  }
});

test('a deeply nested message is dropped as too-large', async ({ openTab, observer }) => {
  const tab = await openTab();
  await observer.page.evaluate((message) => {
    const payload = JSON.parse('['.repeat(300) + ']'.repeat(300)) as unknown;
    observed.channel.postMessage({ ...message, action: { ...message.action, payload } });
  }, envelope(addItem()));
  await expect.poll(async () => (await tab.counters()).dropped).toEqual({ 'too-large': 1 });
});

test('a message that comes twice is applied once', async ({ openTab, observer }) => {
  const tab = await openTab();
  const message = envelope(addItem());
  await observer.post(message);
  await observer.post(message);
  await expect.poll(async () => (await tab.counters()).dropped).toEqual({ duplicate: 1 });
  expect(await tab.read('cart', 'items', 0, 'qty')).toBe(1);
});
