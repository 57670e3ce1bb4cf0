// @vitest-environment jsdom
import { getSharedStore } from 'isthmus';
import { GlobalStore } from 'redux-micro-frontend';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import * as after from './after/apps.js';
import * as before from './before/apps.js';
import { counterReducer, type CounterState, todoReducer } from './reducers.js';
import { joinGlobalStore } from './side-by-side/partner.js';

const mounted: { unmount(): void }[] = [];
function mount<App extends { unmount(): void }>(app: App): App {
  mounted.push(app);
  return app;
}
const nextTask = () => new Promise((resolve) => setTimeout(resolve));

beforeEach(() => {
  delete (globalThis as { GlobalStoreInstance?: unknown }).GlobalStoreInstance;
});
afterEach(async () => {
  for (const app of mounted.splice(0)) app.unmount();
  await nextTask(); // slices go
});

describe.each([
  { name: 'redux-micro-frontend', apps: before },
  { name: 'isthmus', apps: after },
])('the counter and the to-do list with $name', ({ apps }) => {
  const open = async () => {
    const shell = mount(await apps.mountShell());
    const shown: CounterState[] = [];
    const counter = mount(apps.mountCounter((state) => shown.push(state)));
    const todo = mount(apps.mountTodo());
    return { shell, counter, todo, shown };
  };

  it("an app's own action changes its state", async () => {
    const { counter, shown } = await open();
    counter.incrementLocal();
    expect(shown.at(-1)).toEqual({ local: 1, global: 0, todos: 0 });
  });

  it('an action reaches every app that has a use for it, once', async () => {
    const { counter, todo, shown } = await open();
    todo.add('tea');
    counter.incrementGlobal();
    expect(shown.at(-1)).toEqual({ local: 0, global: 1, todos: 1 });
    expect(todo.state().items).toEqual(['tea']);
  });

  it('the shell reads the state of another app, or null while it is not there', async () => {
    const shell = mount(await apps.mountShell());
    expect(shell.todos()).toBeNull();
    const todo = mount(apps.mountTodo());
    todo.add('tea');
    expect(shell.todos()).toEqual({ owner: null, items: ['tea'] });
  });

  it('the shell tells the apps who has signed in', async () => {
    const { shell, todo } = await open();
    expect(shell.user()).toBeNull();
    shell.signIn('Ada');
    expect([shell.user(), todo.state().owner]).toEqual(['Ada', 'Ada']);
  });

  it('the shell hears of an app that comes later', async () => {
    const shell = mount(await apps.mountShell());
    const heard = vi.fn();
    shell.onCounter(heard);
    mount(apps.mountCounter(() => undefined)).incrementGlobal();
    expect(heard).toHaveBeenLastCalledWith({ local: 0, global: 1, todos: 0 });
  });

  it('who has ended its subscription hears nothing more', async () => {
    const { shell, counter } = await open();
    const heard = vi.fn();
    shell.onCounter(heard)();
    counter.incrementGlobal();
    expect(heard).not.toHaveBeenCalled();
  });

  it('an app that was unmounted shows nothing more', async () => {
    const { shell, counter, shown } = await open();
    counter.unmount();
    await nextTask();
    const { length } = shown;
    shell.signIn('Ada');
    expect(shown).toHaveLength(length);
  });
});

describe('what only isthmus does', () => {
  const add = { type: 'ADD_TODO', payload: 'tea' };

  /** What somebody sees who looks at both apps whenever anything is told. */
  async function seen(apps: typeof before | typeof after, subscribe: (see: () => void) => void) {
    const shell = mount(await apps.mountShell());
    const counts: number[] = [];
    mount(apps.mountCounter((state) => counts.push(state.todos)));
    const todo = mount(apps.mountTodo());
    const pairs: [number, number][] = [];
    subscribe(() => pairs.push([counts.at(-1) ?? 0, shell.todos()?.items.length ?? 0]));
    todo.add('tea');
    return pairs;
  }

  it('before: apps change one after the other, and listeners see it', async () => {
    const globalStore = GlobalStore.Get();
    const pairs = await seen(before, (see) => globalStore.SubscribeToGlobalState('test', see));
    expect(pairs).toContainEqual([1, 0]);
  });

  it('after: an action changes all of them at once', async () => {
    const pairs = await seen(after, (see) => getSharedStore().subscribe(see));
    expect(pairs).toEqual([[1, 1]]);
  });

  it('before: of two apps that wait for a third one, only the later is told', () => {
    const globalStore = GlobalStore.Get();
    const [first, second] = [vi.fn(), vi.fn()];
    globalStore.SubscribeToPartnerState('first', 'TodoApp', first);
    globalStore.SubscribeToPartnerState('second', 'TodoApp', second);
    mount(before.mountTodo()).add('tea');
    expect([first.mock.calls.length, second.mock.calls.length]).toEqual([0, 1]);
  });

  it('after: both are', async () => {
    mount(await after.mountShell());
    const [first, second] = [vi.fn(), vi.fn()];
    for (const listener of [first, second]) getSharedStore().watch(['TodoApp', 'items'], listener);
    mount(after.mountTodo()).add('tea');
    expect(first).toHaveBeenCalled();
    expect(second.mock.calls.length).toBe(first.mock.calls.length);
  });

  it('before: listeners are called where nothing has changed', async () => {
    mount(await before.mountShell());
    const show = vi.fn();
    mount(before.mountCounter(show));
    GlobalStore.Get().DispatchLocalAction('Platform', { type: 'ANOTHER', payload: null });
    expect(show).toHaveBeenCalledOnce();
  });

  it('after: they are not', async () => {
    mount(await after.mountShell());
    const show = vi.fn();
    mount(after.mountCounter(show));
    show.mockClear();
    getSharedStore().dispatch({ type: 'ANOTHER' });
    expect(show).not.toHaveBeenCalled();
  });

  it('before: a second app of one name gets the store of the first, and its reducer is ignored', () => {
    const globalStore = GlobalStore.Get();
    const first = globalStore.CreateStore('TodoApp', todoReducer);
    const second = globalStore.CreateStore('TodoApp', counterReducer);
    expect(second).toBe(first);
  });

  it('after: it is refused, and both are named', async () => {
    mount(await after.mountShell());
    mount(after.mountTodo());
    const { joinSharedStore } = await import('isthmus');
    const join = () =>
      joinSharedStore({ app: 'Other', slices: [{ key: 'TodoApp', reducer: counterReducer }] });
    expect(join).toThrow(/'TodoApp' belongs to 'TodoApp'; 'Other' cannot inject/);
  });

  it('before: an app that was unmounted goes on reducing', () => {
    const counter = before.mountCounter(() => undefined);
    counter.unmount();
    GlobalStore.Get().DispatchGlobalAction('test', add);
    expect(GlobalStore.Get().GetPartnerState('CounterApp').todos).toBe(1);
  });

  it('after: it has taken its slice along', async () => {
    mount(await after.mountShell());
    const counter = after.mountCounter(() => undefined);
    counter.unmount();
    await nextTask();
    expect(Object.keys(getSharedStore().getState())).toEqual(['Platform']);
  });
});

describe('side by side: the list is old, shell and counter are new', () => {
  const open = async () => {
    const shell = mount(await after.mountShell());
    const shown: CounterState[] = [];
    const counter = mount(after.mountCounter((state) => shown.push(state)));
    mounted.push({ unmount: joinGlobalStore(GlobalStore.Get(), ['ADD_TODO', 'SIGN_IN']) });
    return { shell, counter, shown, todo: before.mountTodo() };
  };

  it("an old app's action reaches the new ones, once", async () => {
    const { todo, shown } = await open();
    todo.add('tea');
    expect(todo.state().items).toEqual(['tea']);
    expect(shown.at(-1)?.todos).toBe(1);
    expect(GlobalStore.Get().GetPartnerState('isthmus').CounterApp).toEqual(shown.at(-1));
  });

  it("a new app's action reaches the old ones, and both sides take it once", async () => {
    const { shell, todo, shown } = await open();
    shell.signIn('Ada');
    getSharedStore().dispatch({ type: 'ADD_TODO', payload: 'tea' } as never);
    expect([shell.user(), todo.state().owner]).toEqual(['Ada', 'Ada']);
    expect([shown.at(-1)?.todos, todo.state().items]).toEqual([1, ['tea']]);
  });

  it('what is not listed stays on its side', async () => {
    const { counter, shown } = await open();
    before.mountCounter(() => undefined);
    counter.incrementGlobal();
    expect(shown.at(-1)?.global).toBe(1);
    expect(GlobalStore.Get().GetPartnerState('CounterApp').global).toBe(0);
  });
});
