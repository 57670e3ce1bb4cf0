import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { PassThrough } from 'node:stream';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { promisify } from 'node:util';
import { defineSlice, joinSharedStore, loadEngine } from 'isthmus';
import { payload, push, set } from 'isthmus/program';
import { SharedStoreProvider, useReady, useSharedSelector, useSharedValue } from 'isthmus/react';
import { Suspense } from 'react';
import { renderToPipeableStream, renderToString } from 'react-dom/server';
import { expect, it } from 'vitest';

await loadEngine();

const user = defineSlice({
  name: 'user',
  initialState: { name: 'nobody' },
  reducers: { signIn: [set('/name', payload())] },
});
const pages = defineSlice({
  name: 'pages',
  initialState: [] as string[],
  reducers: { open: [push('', payload())] },
});
type State = { user: { name: string }; pages: string[] };

function User() {
  useReady('user', { suspend: true });
  const opened = useSharedSelector(({ pages }: State) => pages.join(' '));
  return <b>{`${String(useSharedValue(['user', 'name']))}: ${opened}`}</b>;
}

function Page() {
  return (
    <main>
      <h1>{useSharedSelector(({ pages }: State) => pages[0])}</h1>
      <Suspense fallback={<i>waiting</i>}>
        <User />
      </Suspense>
    </main>
  );
}

/** One request: a store of its own, whose user is known only after the page has begun to stream. */
class Request {
  readonly member = joinSharedStore({ app: 'request', slices: [user, pages] });
  readonly store = this.member.store;
  #output = new PassThrough().setEncoding('utf8');
  #html = '';

  constructor(path: string) {
    this.store.markLoading('user');
    this.store.dispatch(pages.actions.open(path));
    this.#output.on('data', (text: string) => (this.#html += text));
  }

  /** Resolves once the shell is on its way. */
  async start(): Promise<void> {
    const tree = <SharedStoreProvider membership={this.member} children={<Page />} />;
    await new Promise<void>((onShellReady, onError) => {
      const stream = renderToPipeableStream(tree, { onShellReady, onError });
      stream.pipe(this.#output);
    });
  }

  signIn(name: string): void {
    this.store.hydrate('user', { name });
    this.store.dispatch(pages.actions.open(`/of/${name}`));
  }

  get html(): string {
    return this.#html;
  }

  async end(): Promise<string> {
    if (!this.#output.readableEnded) await once(this.#output, 'end');
    return this.#html;
  }
}

it('two pages that stream at once, each waiting for its user, never see each other', async () => {
  const [a, b] = [new Request('/a'), new Request('/b')];
  await a.start();
  await b.start();
  await nextTurn();
  for (const { html } of [a, b]) expect(html).toContain('<i>waiting</i>');
  b.signIn('Bob');
  const ofB = await b.end();
  expect(a.html).toContain('<h1>/a</h1>');
  expect(a.html).not.toContain('<b>');
  a.signIn('Ada');
  const ofA = await a.end();

  expect([ofA.match(/<b>.*<\/b>/)?.[0], ofB.match(/<b>.*<\/b>/)?.[0]]).toEqual([
    '<b>Ada: /a /of/Ada</b>',
    '<b>Bob: /b /of/Bob</b>',
  ]);
  expect(ofA).not.toContain('Bob');
  expect(ofB).not.toContain('Ada');
  expect(a.store.inspect()).toMatchObject({ watchers: 0, listeners: 0 });
});

it('nor do fifty whose steps come in any order, and they leave nothing behind', async () => {
  const requests = Array.from({ length: 50 }, (_, i) => ({ i, request: new Request(`/${i}`) }));
  const pauses = async (count: number) => {
    for (let i = 0; i < count; i++) await nextTurn();
  };
  const pagesOut = await Promise.all(
    requests.map(async ({ i, request }) => {
      await pauses((i * 7) % 5);
      await request.start();
      await pauses((i * 3) % 11);
      request.signIn(`user-${i}`);
      const html = await request.end();
      request.member.leave();
      return html.match(/<b>.*<\/b>/)?.[0];
    }),
  );
  expect(pagesOut).toEqual(requests.map((_, i) => `<b>user-${i}: /${i} /of/user-${i}</b>`));
  for (const { request } of requests) {
    expect(request.store.inspect()).toMatchObject({ slices: [], leases: 0, watchers: 0 });
  }
});

it('a store that moves on while its page streams does not tear the state that was passed', async () => {
  const request = new Request('/later');
  const serverState = { user: { name: 'Ada' }, pages: ['/first'] };
  const tree = (
    <SharedStoreProvider store={request.store} serverState={serverState} children={<Page />} />
  );
  expect(renderToString(tree)).toContain('<h1>/first</h1>');
  const output = new PassThrough().setEncoding('utf8');
  const { pipe } = renderToPipeableStream(tree);
  request.signIn('Eve');
  pipe(output);
  const html = (await output.toArray()).join('');
  expect(html).toContain('<b>Ada: /first</b>');
  expect(html).not.toContain('Eve');
});

it('a page without a provider is refused, instead of rendered with some store', () => {
  new Request('/somebody');
  expect(() => renderToString(<Page />)).toThrow(/a server has no shared store/);
});

/** In a process of its own, whose window, storage, channels and sockets throw when touched. */
const trapped = `
import net from 'node:net';
const touched = (name) => () => { throw new Error(name + ' was touched'); };
net.Socket.prototype.connect = touched('the network');
for (const name of ['window', 'self', 'location', 'navigator', 'localStorage', 'sessionStorage',
  'indexedDB', 'caches', 'fetch', 'XMLHttpRequest', 'WebSocket', 'BroadcastChannel']) {
  Object.defineProperty(globalThis, name, { configurable: true, get: touched(name) });
}
const { createElement } = await import('react');
const { renderToString } = await import('react-dom/server');
const { defineSlice, joinSharedStore, loadEngine } = await import('isthmus');
const { SharedStoreProvider, useSharedValue } = await import('isthmus/react');
await import('isthmus/redux');
const { loadInlineEngine } = await import('isthmus/inline');
delete globalThis.window; // Emscripten's glue asks for its type
await (process.argv[1] === 'inline' ? loadInlineEngine() : loadEngine());
const slices = [defineSlice({ name: 'user', initialState: 'Ada', reducers: {} })];
const User = () => createElement('b', null, useSharedValue(['user']));
const membership = joinSharedStore({ app: 'request', slices });
console.log(renderToString(createElement(SharedStoreProvider, { membership }, createElement(User))));
membership.leave();
`;

it.each(['a file', 'inline'])(
  'importing and rendering touch neither window nor network, nor does loading the engine from %s',
  async (load) => {
    const args = ['--input-type=module', '--eval', trapped, load];
    const cwd = resolve(import.meta.dirname, '../../..');
    const { stdout, stderr } = await promisify(execFile)(process.execPath, args, { cwd });
    expect([stdout, stderr]).toEqual(['<b>Ada</b>\n', '']);
  },
);
