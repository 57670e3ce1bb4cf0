import { createIsolatedStore, crossApp, loadEngine, defineSlice } from 'isthmus';
import { payload, push } from 'isthmus/program';
import { createTestHub } from 'isthmus/testing';
import { expect, it, vi } from 'vitest';

/** A transport on its own, and what it received. */
function join(hub: ReturnType<typeof createTestHub>, channel = 'one') {
  const received: unknown[] = [];
  const transport = hub.connect()(channel);
  transport.onMessage((message) => received.push(message));
  return { ...transport, received };
}

it('a message reaches every other transport of its channel, when the test says so', () => {
  const hub = createTestHub();
  const [a, b, c, other] = [join(hub), join(hub), join(hub), join(hub, 'other')];
  a.post('x');
  expect([hub.pending, b.received]).toEqual([2, []]);
  expect(hub.flush()).toBe(2);
  expect([a, b, c, other].map(({ received }) => received)).toEqual([[], ['x'], ['x'], []]);
});

it('step delivers the oldest message to one receiver, and tells when nothing waits', () => {
  const hub = createTestHub();
  const [a, b] = [join(hub), join(hub)];
  a.post(1);
  b.post(2);
  expect(hub.step()).toBe(true);
  expect([b.received, a.received, hub.pending]).toEqual([[1], [], 1]);
  expect([hub.step(), hub.step()]).toEqual([true, false]);
  expect(a.received).toEqual([2]);
});

it('flush goes on until nothing waits, answers included', () => {
  const hub = createTestHub();
  const [a, b] = [join(hub), join(hub)];
  b.onMessage((message) => {
    if ((message as number) < 3) b.post((message as number) + 1);
  });
  a.onMessage((message) => a.post(message));
  a.post(0);
  expect(hub.flush()).toBe(7);
  expect(hub.messages).toEqual([0, 1, 1, 2, 2, 3, 3]);
});

it('messages are structured clones, as in the browser', () => {
  const hub = createTestHub();
  const [a, b] = [join(hub), join(hub)];
  const message = { list: [1] };
  a.post(message);
  message.list.push(2);
  hub.flush();
  expect([b.received, hub.messages]).toEqual([[{ list: [1] }], [{ list: [1] }]]);
  expect(() => a.post({ run: () => 0 })).toThrow(/could not be cloned/);
});

it('what is under way to a closed transport is let go', () => {
  const hub = createTestHub();
  const [a, b] = [join(hub), join(hub)];
  a.post('x');
  b.close();
  hub.flush();
  a.post('y');
  expect([b.received, hub.pending]).toEqual([[], 0]);
});

it('after flush all is applied, however slow the reducers and however many the messages', async () => {
  await loadEngine();
  const list = defineSlice({
    name: 'list',
    initialState: [] as number[],
    reducers: { add: [push('', payload())] },
    contract: { 'list/add': {} },
  });
  let now = 0;
  vi.spyOn(performance, 'now').mockImplementation(() => now);
  const slow = (state = 0) => {
    now += 100;
    return state;
  };
  const hub = createTestHub();
  const [a, b, c] = [1, 2, 3].map(() =>
    createIsolatedStore({
      name: 'app',
      slices: [list],
      reducers: { slow },
      bridge: { transport: hub.connect() },
    }),
  );
  for (let n = 0; n < 500; n++) a!.dispatch(crossApp(list.actions.add(n)));
  expect(hub.flush()).toBe(1000);
  expect(b!.read(['list'])).toHaveLength(500);
  expect(c!.read(['list'])).toEqual(a!.read(['list']));
  vi.restoreAllMocks();
});
