import { joinSharedStore, loadEngine, type IsolatedStore, type SharedStore } from 'isthmus';
import { describe, expect, it, vi } from 'vitest';
import { addEverywhere, createTestHub, log, openTab } from './tabs.js';

// A page, so that the members of the shared store have one.
vi.stubGlobal('document', {});
await loadEngine();

let pages = 0;
const entriesOf = (store: SharedStore | IsolatedStore) => store.read(['log']) as string[];

/** A tab with a shared store that two apps have joined and two isolated stores; and another tab. */
function openHybrid() {
  const hub = createTestHub();
  const transport = hub.connect();
  const name = `shared-${++pages}`;
  const join = (app: string, slices: (typeof log)[]) =>
    joinSharedStore({ app, name, slices, bridge: { transport } }).store;
  const shared = join('host', [log]);
  join('remote', []);
  const isolated = ['checkout', 'search'].map((own) => openTab(hub, { name: own, transport }));
  const [checkout, search] = isolated.map(({ store }) => store) as [IsolatedStore, IsolatedStore];
  const elsewhere = openTab(hub).store;
  const here = { shared, checkout, search };
  return { hub, here, elsewhere, all: [shared, checkout, search, elsewhere] };
}

type Here = keyof ReturnType<typeof openHybrid>['here'];
const names: Here[] = ['shared', 'checkout', 'search'];

describe('in a tab with a shared store and isolated ones, a marked action', () => {
  it.each(names)('of %s is in every other store when its dispatch returns, once', (name) => {
    const { hub, here, all } = openHybrid();
    here[name].dispatch(addEverywhere('x'));
    expect(names.map((each) => entriesOf(here[each]))).toEqual([['x'], ['x'], ['x']]);
    expect([hub.flush(), hub.messages.length]).toEqual([1, 1]);
    expect(all.map(entriesOf)).toEqual([['x'], ['x'], ['x'], ['x']]);
  });

  it.each(names)('of %s never comes back to it', (name) => {
    const { hub, here } = openHybrid();
    const crossed = vi.fn();
    here[name].bridge.onCross(({ direction }) => crossed(direction));
    here[name].dispatch(addEverywhere('x'));
    hub.flush();
    expect(crossed.mock.calls).toEqual([['out']]);
    expect(here[name].bridge.counters()).toMatchObject({ sent: 1, accepted: 0 });
    expect(here[name].bridge.counters().dropped).toEqual({});
  });

  it('of another tab reaches each of them once, and goes no further', () => {
    const { hub, elsewhere, all } = openHybrid();
    elsewhere.dispatch(addEverywhere('x'));
    expect([hub.flush(), hub.messages.length]).toEqual([1, 1]);
    expect(all.map(entriesOf)).toEqual([['x'], ['x'], ['x'], ['x']]);
  });
});

describe('the order in a tab with a shared store and isolated ones', () => {
  it('is that of the dispatches, whichever store they are of, in every store and tab', () => {
    const { hub, here, all } = openHybrid();
    const order = Array.from({ length: 15 }, (_, i) => `${i}`);
    for (const [i, text] of order.entries()) here[names[i % 3]!].dispatch(addEverywhere(text));
    hub.flush();
    for (const store of all) expect(entriesOf(store)).toEqual(order);
  });

  // A store that answers has its own answer at once, before what others have answered meanwhile.
  it.each(names)('is kept by listeners of the others that answer %s: nothing overtakes', (name) => {
    const { hub, here, elsewhere, all } = openHybrid();
    const answering = names.filter((each) => each !== name);
    for (const other of answering) {
      here[other].subscribe(() => {
        const last = entriesOf(here[other]).at(-1)!;
        if (!last.includes('by')) here[other].dispatch(addEverywhere(`${last} by ${other}`));
      });
    }
    here[name].dispatch(addEverywhere('a'));
    here[name].dispatch(addEverywhere('b'));
    hub.flush();
    const group = (text: string) => [text, ...answering.map((other) => `${text} by ${other}`)];
    const order = [...group('a'), ...group('b')];
    for (const store of [here[name], elsewhere]) expect(entriesOf(store)).toEqual(order);
    for (const store of all) {
      const entries = entriesOf(store);
      expect([entries[0], entries[3]]).toEqual(['a', 'b']);
      expect([entries.slice(0, 3).sort(), entries.slice(3).sort()]).toEqual([
        group('a').sort(),
        group('b').sort(),
      ]);
    }
  });

  it('is kept when a listener of the sender dispatches before the others have heard', () => {
    const { hub, here, all } = openHybrid();
    const heard: [Here, string][] = [];
    for (const name of names) {
      here[name].subscribe(() => heard.push([name, entriesOf(here[name]).join()]));
    }
    here.shared.watch(['log'], () => {
      if (entriesOf(here.shared).length === 1) here.shared.dispatch(addEverywhere('inner'));
    });
    here.shared.dispatch(addEverywhere('outer'));
    hub.flush();
    for (const store of all) expect(entriesOf(store)).toEqual(['outer', 'inner']);
    expect(heard.filter(([name]) => name === 'search')).toEqual([
      ['search', 'outer'],
      ['search', 'outer,inner'],
    ]);
  });
});

describe('a store of the same tab', () => {
  it('whose reducer throws drops the action, and keeps it from neither sender nor others', () => {
    const { hub, here, all } = openHybrid();
    here.checkout.registerReducer('faulty', (state = 0, { type }) => {
      if (type === 'log/add') throw new Error('faulty');
      return state;
    });
    here.shared.dispatch(addEverywhere('x'));
    hub.flush();
    expect(all.map(entriesOf)).toEqual([['x'], [], ['x'], ['x']]);
    expect(here.checkout.bridge.counters().dropped).toEqual({ reducer: 1 });
  });

  it('whose listener or watcher throws takes the action, and so do the others', async () => {
    const report = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const { hub, here, all } = openHybrid();
    const throwing = () => {
      throw new Error('listener');
    };
    here.checkout.subscribe(throwing);
    here.checkout.watch(['log'], throwing);
    here.shared.dispatch(addEverywhere('x'));
    hub.flush();
    expect(all.map(entriesOf)).toEqual([['x'], ['x'], ['x'], ['x']]);
    await Promise.resolve();
    expect(report).toHaveBeenCalledWith(new Error('listener'));
    report.mockRestore();
  });

  it('that is switched off hears nothing, and the others do', () => {
    const { hub, here, all } = openHybrid();
    here.checkout.bridge.setEnabled(false);
    here.shared.dispatch(addEverywhere('x'));
    here.checkout.dispatch(addEverywhere('own'));
    hub.flush();
    expect(all.map(entriesOf)).toEqual([['x'], ['own'], ['x'], ['x']]);
  });
});
