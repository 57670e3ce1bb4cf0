import type { Action } from 'redux';
import { converging, loadEngine, plain, type Divergence, type Rebase } from 'isthmus';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { cartSlice, storeKinds, Tabs } from './tabs.js';

beforeAll(() => loadEngine());

/** Whose reducer does what `impure` says at the time. */
function listSlice(impure: () => string) {
  return converging(
    {
      key: 'list',
      reducer: (list: readonly string[] = [], { type, payload }: Action & { payload?: string }) =>
        type === 'list/put' ? [...list, `${payload!}${impure()}`] : list,
    },
    { version: 1, contract: { 'list/put': { payload: { type: 'string' } } } },
  );
}
const put = (text: string) => ({ type: 'list/put', payload: text });

/** Longer than the keeper waits until it compares. */
const REST = 5000;

describe.each(storeKinds)('the check of states at rest, in %s', (_, make) => {
  let tabs: Tabs;
  beforeEach(() => void (tabs = new Tabs(make)));
  afterEach(() => tabs.close());
  const listen = (...stores: ReturnType<Tabs['pair']>) =>
    stores.map((store) => {
      const heard: Divergence[] = [];
      store.bridge.log.onDiverged((divergence) => heard.push(divergence));
      return heard;
    });

  it('finds a reducer that makes another state elsewhere, tells it, and heals it', () => {
    const a = tabs.open([listSlice(() => ' in a')]);
    const b = tabs.open([listSlice(() => ' in b')]);
    tabs.hub.settle();
    const heard = listen(a, b);
    const rebases: Rebase[] = [];
    b.bridge.log.onRebase((rebase) => rebases.push(rebase));
    a.dispatch(put('x'));
    tabs.hub.advance(20);
    expect(a.read(['list'])).not.toEqual(b.read(['list']));
    tabs.hub.advance(REST);
    expect(a.read(['list'])).toEqual(b.read(['list']));
    expect(heard.flat()).toHaveLength(1);
    expect(heard.flat()[0]).toMatchObject({ slice: 'list' });
    const keeperIs = heard[0]!.length === 0 ? a : b;
    expect(heard.flat()[0]!.peer).toBe(keeperIs.inspect().log!.id);
    expect(keeperIs.read(['list'])).toEqual([keeperIs === a ? 'x in a' : 'x in b']);
    for (const { cause, slices } of rebases) {
      expect([cause, slices]).toEqual(['snapshot', ['list']]);
    }
    a.dispatch(put('y'));
    b.dispatch(put('z'));
    tabs.hub.advance(REST);
    expect(a.read(['list'])).toEqual(b.read(['list']));
    expect(heard.flat().length).toBeGreaterThan(1);
  });

  it('finds nothing where reducers are pure, whatever has happened', () => {
    tabs = new Tabs(make, { random: { loss: 0.2, duplication: 0.2, reordering: 0.3, seed: 4 } });
    const slices = [cartSlice(), listSlice(() => '')] as const;
    const a = tabs.open(slices);
    const b = tabs.open(slices);
    const heard = listen(a, b);
    for (let round = 0; round < 10; round++) {
      a.dispatch(put(`a${round}`));
      b.dispatch(put(`b${round}`));
      b.dispatch(slices[0].actions.add(round));
      tabs.hub.advance(REST / 2);
    }
    tabs.hub.advance(REST);
    expect(heard.flat()).toEqual([]);
    expect(a.read(['list'])).toEqual(b.read(['list']));
    expect(plain(a.read(['cart']))).toEqual(plain(b.read(['cart'])));
  });

  it('sends each state once, and rests then', () => {
    const [a] = tabs.pair(() => [cartSlice()]);
    a.dispatch(cartSlice().actions.add(1));
    tabs.hub.advance(REST);
    const head = a.inspect().log!.head;
    expect(tabs.hub.advance(60_000)).toBe(0);
    expect(a.inspect().log!.head).toBe(head);
  });

  it('passes over what is too large to be compared', () => {
    const long = (mark: string) => listSlice(() => mark.repeat(300_000));
    const a = tabs.open([long('a')]);
    const b = tabs.open([long('b')]);
    tabs.hub.settle();
    const heard = listen(a, b);
    a.dispatch(put('x'));
    tabs.hub.advance(REST);
    expect(heard.flat()).toEqual([]);
  });
});
