import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { LogLocks } from '../../../web/bridge/log-locks.js';
import { broadcastChannel } from '../../../web/bridge/transport.js';
import { webLocks } from '../../../web/bridge/web-locks.js';
import { carry, disposeAll, frame, nothing, scriptedLog } from './scripted-log.js';

// The browser's own locks and channels, in Chromium.

let channels = 0;
let channel = '';
const ends: (() => void)[] = [];
beforeEach(() => void (channel = `locks-${++channels}`));
afterEach(() => {
  disposeAll();
  ends.splice(0).forEach((end) => end());
});

/** One replica's locks, and what became of its requests. */
function open() {
  const locks = new LogLocks(webLocks(), channel);
  const told: string[] = [];
  const events = {
    onGranted: () => void told.push('granted'),
    onLost: () => void told.push('lost'),
  };
  const use = (wish: 'request' | 'steal' | 'release') => locks.use(wish, events);
  ends.push(() => use('release'));
  const present = () => new Promise((tell) => locks.present(tell));
  return { locks, told, use, present };
}

const granted = ({ told }: { told: string[] }, count = 1) =>
  vi.waitFor(() => expect(told.filter((each) => each === 'granted')).toHaveLength(count));

/** All that the browser was asked for so far is done, as it answers in order. */
const answered = () => navigator.locks.query();

describe("the keeper's lock", () => {
  it('is granted to the next one once it is given back', async () => {
    const [a, b] = [open(), open()];
    a.use('request');
    await granted(a);
    b.use('request');
    await answered();
    expect([a.locks.keeper, b.locks.keeper]).toEqual(['held', 'asked']);
    a.use('release');
    await granted(b);
    expect([a.told, b.told]).toEqual([['granted'], ['granted']]);
    expect([a.locks.keeper, b.locks.keeper]).toEqual(['none', 'held']);
  });

  it('can be stolen, which its holder is told', async () => {
    const [a, b] = [open(), open()];
    a.use('request');
    await granted(a);
    b.use('request');
    b.use('steal');
    await granted(b);
    await vi.waitFor(() => expect(a.told).toEqual(['granted', 'lost']));
    expect([b.told, a.locks.keeper, b.locks.keeper]).toEqual([['granted'], 'none', 'held']);
    a.use('request');
    b.use('release');
    await granted(a, 2);
  });

  it.each(['request', 'steal'] as const)(
    'of which the %s is taken back at once goes to the next one',
    async (wish) => {
      const [a, b] = [open(), open()];
      a.use(wish);
      a.use('release');
      b.use('request');
      await granted(b);
      await answered();
      expect([a.told, a.locks.keeper]).toEqual([[], 'none']);
    },
  );

  it('that waits is not granted any more once the request is taken back', async () => {
    const [a, b, c] = [open(), open(), open()];
    a.use('request');
    await granted(a);
    b.use('request');
    c.use('request');
    await answered();
    b.use('release');
    a.use('release');
    await granted(c);
    expect(b.told).toEqual([]);
  });
});

describe('those who are there', () => {
  it('are the replicas of the channel whose locks are held', async () => {
    const { locks, present } = open();
    const [end] = ['a', 'b', 'c'].map((id) => locks.hold(id));
    new LogLocks(webLocks(), `${channel}-other`).hold('d');
    locks.use('request', { onGranted: () => undefined, onLost: () => undefined });
    expect(await present()).toEqual(['a', 'b', 'c']);
    end!();
    await vi.waitFor(async () => expect(await present()).toEqual(['b', 'c']));
  });

  it('cannot be told where the page may use no locks, and no request is granted there', async () => {
    const frame = document.createElement('iframe');
    frame.sandbox.add('allow-scripts'); // an origin that nobody shares
    const text = `<script>
      const tell = (what) => parent.postMessage(what, '*');
      navigator.locks.query().then(() => tell('held'), (error) => tell(error.name));
    </script>`;
    const told = new Promise((tell) => {
      addEventListener('message', ({ data }) => tell(data), { once: true });
    });
    frame.srcdoc = text;
    document.body.append(frame);
    expect(await told).toBe('SecurityError');
    frame.remove();

    const error = new DOMException('denied', 'SecurityError');
    vi.spyOn(navigator.locks, 'query').mockRejectedValue(error);
    vi.spyOn(navigator.locks, 'request').mockRejectedValue(error);
    const { told: lost, use, present } = open();
    expect(await present()).toBeUndefined();
    use('request');
    await vi.waitFor(() => expect(lost).toEqual(['lost']));
    vi.restoreAllMocks();
  });
});

describe('carriers on BroadcastChannel', () => {
  const others = (log: ReturnType<typeof scriptedLog>) =>
    log.told.find(([name]) => name === 'start');
  function join(id: string) {
    const log = scriptedLog();
    const open = broadcastChannel;
    const { carrier } = carry({ id, channel, open, calls: log.calls, locks: undefined });
    carrier.connect();
    return { log, carrier };
  }

  it('find each other, and hear frames as bytes and in order', async () => {
    const a = join('a');
    await vi.waitFor(() => expect(others(a.log)).toEqual(['start', []]));
    const b = join('b');
    await vi.waitFor(() => expect(others(b.log)).toEqual(['start', ['a']]));
    const frames = Array.from({ length: 100 }, (_, i) => frame(i, 1, 2));
    a.carrier.follow({ ...nothing, frames });
    await vi.waitFor(() => expect(b.log.told).toHaveLength(101));
    expect(b.log.told.slice(1)).toEqual(frames.map((each) => ['receive', each]));
    expect(a.log.told).toHaveLength(1);
  });

  it('post large frames one per task, all of them', async () => {
    const [a, b] = [join('a'), join('b')];
    await vi.waitFor(() => expect([others(a.log), others(b.log)]).not.toContain(undefined));
    const frames = [1, 2, 3, 4].map((mark) => new Uint8Array(256 * 1024).fill(mark));
    a.carrier.follow({ ...nothing, frames });
    await vi.waitFor(() => expect(b.log.told).toHaveLength(5));
    const received = b.log.told.slice(1).map(([, frame]) => frame as Uint8Array);
    expect(received.map((each) => [each[0], each.length])).toEqual(
      frames.map((each) => [each[0], each.length]),
    );
  });

  it('give lock and presence back when the page hides, also a lock that they wait for', async () => {
    const [a, b] = [join('a'), join('b')];
    await vi.waitFor(() => expect([others(a.log), others(b.log)]).not.toContain(undefined));
    a.carrier.follow({ ...nothing, lock: 'request' });
    await vi.waitFor(() => expect(a.log.told).toContainEqual(['lockGranted']));
    b.carrier.follow({ ...nothing, lock: 'request' });
    const mine = async () => {
      const { held = [], pending = [] } = await answered();
      const names = [...held, ...pending].map(({ name = '' }) => name);
      return names.filter((name) => name.startsWith(`isthmus/${channel}/`));
    };
    expect((await mine()).length).toBe(4);
    dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }));
    await vi.waitFor(async () => expect(await mine()).toEqual([]));
    expect(b.log.told).not.toContainEqual(['lockGranted']);
    dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
    await vi.waitFor(async () => expect((await mine()).length).toBe(2));
    expect([a, b].map(({ log }) => log.told.at(-1))).toEqual([['wake'], ['wake']]);
  });

  it('tick with those who are there at that time', async () => {
    const a = join('a');
    await vi.waitFor(() => expect(others(a.log)).toBeDefined());
    const b = join('b');
    await vi.waitFor(() => expect(others(b.log)).toBeDefined());
    a.carrier.follow({ ...nothing, deadline: performance.now() + 1 });
    await vi.waitFor(() => expect(a.log.told).toContainEqual(['tick', ['b']]));
    expect(a.log.told.filter(([name]) => name === 'tick')).toHaveLength(1);
    b.carrier.dispose();
    expect(b.log.told.at(-1)).toEqual(['leave']);
  });
});
