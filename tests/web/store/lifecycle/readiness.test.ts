import { defineSlice, joinSharedStore, loadEngine, type Membership } from 'isthmus';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

await loadEngine();

const auth = defineSlice({ name: 'auth', initialState: {}, reducers: {} });
let app: Membership;
let store: Membership['store'];
beforeEach(() => {
  vi.useFakeTimers();
  app = joinSharedStore({ app: 'host' });
  store = app.store;
});
afterEach(() => vi.useRealTimers());

describe('status', () => {
  it('is absent before, ready while and absent after a slice is injected', () => {
    expect(store.status('auth')).toBe('absent');
    const lease = app.inject(auth);
    expect(store.status('auth')).toBe('ready');
    lease.dispose({ now: true });
    expect(store.status('auth')).toBe('absent');
  });

  it('follows the marks of its owner', () => {
    app.inject(auth);
    store.markLoading('auth');
    expect(store.status('auth')).toBe('loading');
    store.markFailed('auth', new Error('no network'));
    expect(store.status('auth')).toBe('failed');
    store.markReady('auth');
    expect(store.status('auth')).toBe('ready');
  });

  it('may be marked before the slice is injected', () => {
    store.markLoading('auth');
    expect(store.status('auth')).toBe('loading');
    app.inject(auth);
    expect(store.status('auth')).toBe('loading');
  });

  it('is not ready before the slice is there, whatever the mark', () => {
    store.markReady('auth');
    expect(store.status('auth')).toBe('absent');
    app.inject(auth);
    expect(store.status('auth')).toBe('ready');
  });

  it('loses its mark with the slice', () => {
    const lease = app.inject(auth);
    store.markFailed('auth', new Error('no network'));
    lease.dispose({ now: true });
    app.inject(auth);
    expect(store.status('auth')).toBe('ready');
  });

  it('is told of whenever it may have changed', () => {
    const seen: string[] = [];
    const stop = store.onStatus(() => seen.push(store.status('auth')));
    store.markLoading('auth');
    const lease = app.inject(auth);
    store.markReady('auth');
    store.hydrate('auth', { user: 'Ada' });
    lease.dispose({ now: true });
    stop();
    store.markLoading('auth');
    expect(seen).toEqual(['loading', 'loading', 'ready', 'ready', 'absent']);
  });
});

describe('hydrate', () => {
  it('marks the slice ready although a listener throws, and lets the caller know', () => {
    app.inject(auth);
    store.markLoading('auth');
    const stop = store.subscribe(() => {
      throw new Error('listener');
    });
    expect(() => store.hydrate('auth', { user: 'Ada' })).toThrow('listener');
    stop();
    expect([store.status('auth'), store.read(['auth'])]).toEqual(['ready', { user: 'Ada' }]);
  });

  it('leaves the mark of a slice that it cannot hydrate', () => {
    app.inject(auth);
    store.markLoading('auth');
    expect(() => store.hydrate('auth', { at: new Date() })).toThrow(/Date is not plain data/);
    expect([store.status('auth'), store.read(['auth'])]).toEqual(['loading', {}]);
  });
});

describe('whenReady', () => {
  /** How the promise ended so far. */
  async function outcome(promise: Promise<void>): Promise<unknown> {
    const pending = Symbol('pending');
    const ended = promise.then(
      () => 'ready',
      (error: unknown) => error,
    );
    const first = await Promise.race([ended, Promise.resolve(pending).then((it) => it)]);
    return first === pending ? 'pending' : first;
  }

  it('resolves at once for a slice that is ready', async () => {
    app.inject(auth);
    await expect(store.whenReady('auth')).resolves.toBeUndefined();
  });

  it('waits for the injection, and for the mark', async () => {
    store.markLoading('auth');
    const waiting = store.whenReady('auth');
    app.inject(auth);
    expect(await outcome(waiting)).toBe('pending');
    store.markReady('auth');
    await expect(waiting).resolves.toBeUndefined();
  });

  it('rejects when the slice fails, with the reason as cause', async () => {
    const cause = new Error('no network');
    const waiting = store.whenReady('auth');
    store.markFailed('auth', cause);
    await expect(waiting).rejects.toMatchObject({ code: 'not-ready', cause });
    await expect(store.whenReady('auth')).rejects.toThrow(/'auth' has failed to load/);
  });

  it('rejects when the time is over, and says what the slice is then', async () => {
    store.markLoading('auth');
    const waiting = store.whenReady('auth', { timeout: 500 });
    vi.advanceTimersByTime(499);
    expect(await outcome(waiting)).toBe('pending');
    vi.advanceTimersByTime(1);
    await expect(waiting).rejects.toMatchObject({ code: 'not-ready' });
    await expect(waiting).rejects.toThrow(/'auth' is still loading after 500 ms/);
  });

  it('rejects when it is aborted, with the reason of the signal', async () => {
    const controller = new AbortController();
    const waiting = store.whenReady('auth', { signal: controller.signal });
    controller.abort('unmounted');
    await expect(waiting).rejects.toBe('unmounted');
  });

  it('rejects when it was aborted before, even if the slice is ready', async () => {
    app.inject(auth);
    await expect(store.whenReady('auth', { signal: AbortSignal.abort('early') })).rejects.toBe(
      'early',
    );
  });

  it.each([
    ['ready', () => void app.inject(auth)],
    ['failed', () => store.markFailed('auth', new Error('x'))],
    ['out of time', () => vi.advanceTimersByTime(10)],
  ])('leaves nothing behind once it is %s', async (_how, end) => {
    const { signal } = new AbortController();
    const remove = vi.spyOn(signal, 'removeEventListener');
    const waiting = store.whenReady('auth', { timeout: 10, signal }).catch(() => undefined);
    expect(store.inspect().listeners).toBe(1);
    end();
    await waiting;
    expect(store.inspect().listeners).toBe(0);
    expect(vi.getTimerCount()).toBe(0);
    expect(remove).toHaveBeenCalledOnce();
  });

  describe('without options is the same promise', () => {
    const when = () => store.whenReady('auth');

    it('until the status is another one', async () => {
      const waiting = when();
      store.markLoading('auth');
      expect(when()).toBe(waiting);
      app.inject(auth);
      store.markReady('auth');
      expect(when()).toBe(waiting);
      await waiting;
      store.markReady('auth');
      expect(when()).toBe(waiting);
      store.markLoading('auth');
      expect(when()).not.toBe(waiting);
    });

    it('after a failure, until it is another failure or loading again', async () => {
      store.markFailed('auth', 'first');
      const failed = when();
      expect(when()).toBe(failed);
      await expect(failed).rejects.toMatchObject({ cause: 'first' });
      store.markFailed('auth', 'second');
      await expect(when()).rejects.toMatchObject({ cause: 'second' });
      store.markLoading('auth');
      expect(await outcome(when())).toBe('pending');
    });

    it('which ends with the slice', () => {
      const lease = app.inject(auth);
      const ready = when();
      lease.dispose({ now: true });
      expect(when()).not.toBe(ready);
    });

    it('but not with a signal or a timeout, which are of one caller', () => {
      const waiting = when();
      expect(store.whenReady('auth', { timeout: 5 }).catch(() => undefined)).not.toBe(waiting);
      expect(when()).toBe(waiting);
      vi.advanceTimersByTime(5);
    });
  });

  it('rejects nothing that nobody has asked for', async () => {
    const unhandled = vi.fn();
    process.on('unhandledRejection', unhandled);
    vi.useRealTimers();
    store.markFailed('auth', new Error('x'));
    await new Promise((resolve) => setTimeout(resolve));
    process.off('unhandledRejection', unhandled);
    expect(unhandled).not.toHaveBeenCalled();
  });
});
