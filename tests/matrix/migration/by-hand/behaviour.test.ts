import type { Browser } from '@playwright/test';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { launch, Tabs, type Tab } from '../../tabs.js';
import type { Shop } from './app.js';

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser?.close());

const folder = `${import.meta.dirname}/..`;
const items = (tab: Tab<Shop>) => tab.run((app) => app.state().cart?.items);
const badge = (tab: Tab<Shop>) => tab.run((app) => app.state().badge);
const tenant = (tab: Tab<Shop>) => tab.run((app) => app.state().tenant);
const auth = (tab: Tab<Shop>) => tab.run((app) => app.state().auth);

describe.each([
  { name: 'by hand', step: 'before' },
  { name: 'with isthmus', step: 'after' },
])('the shop $name', ({ step }) => {
  const isOld = step === 'before';
  const fault = (old: string, ours: string) => (isOld ? `old fault: ${old}` : ours);
  let tabs: Tabs<Shop>;
  beforeEach(async () => {
    tabs = await Tabs.of(browser, { folder, module: `by-hand/${step}/app.ts` });
  });
  afterEach(() => tabs?.close());
  const openWithCart = async () => {
    const tab = await tabs.open();
    await tab.run((app) => app.mountCart());
    return tab;
  };

  it('a remote brings its slice, takes it along, and begins anew', async () => {
    const tab = await openWithCart();
    await tab.run((app) => app.addHere('tea'));
    expect(await items(tab)).toEqual(['tea']);
    await tab.run((app) => app.unmountCart());
    await expect.poll(() => tab.run((app) => 'cart' in app.state())).toBe(false);
    await tab.run((app) => app.mountCart());
    expect(await items(tab)).toEqual([]);
  });

  it('two remotes share one store', async () => {
    const tab = await openWithCart();
    await tab.run((app) => app.mountBadge());
    await tab.run((app) => app.addHere('tea'));
    expect([await items(tab), await badge(tab)]).toEqual([['tea'], 1]);
  });

  it('what is marked crosses, and all else stays', async () => {
    const [a, b] = [await openWithCart(), await openWithCart()];
    await a.run((app) => app.addHere('here'));
    await a.run((app) => app.addEverywhere('everywhere'));
    await expect.poll(() => items(b)).toEqual(['everywhere']);
    expect((await items(a))?.slice(0, 2)).toEqual(['here', 'everywhere']);
  });

  it('a type that nobody has listed stays outside', async () => {
    const [a, b] = [await openWithCart(), await openWithCart()];
    await b.run((app) => app.addHere('kept'));
    await a.run((app) => app.unlisted());
    await a.run((app) => app.addEverywhere('tea'));
    await expect.poll(() => items(b)).toEqual(['kept', 'tea']);
  });

  it('nobody renders a session that is still on its way', async () => {
    const tab = await tabs.open();
    expect(await tab.run((app) => app.isReady())).toBe(false);
    await tab.run((app) => app.restore('Ada', 'secret'));
    expect(await tab.run((app) => app.isReady())).toBe(true);
    expect(await auth(tab)).toMatchObject({ user: 'Ada', token: 'secret' });
  });

  it(
    fault(
      'with two remotes an action counts three times here, and twice there',
      'with two remotes an action counts once, here and there',
    ),
    async () => {
      const [a, b] = [await openWithCart(), await openWithCart()];
      for (const tab of [a, b]) await tab.run((app) => app.mountBadge());
      await a.run((app) => app.addEverywhere('tea'));
      await expect.poll(() => badge(a)).toBe(isOld ? 3 : 1);
      await expect.poll(() => badge(b)).toBe(isOld ? 2 : 1);
      expect(await items(b)).toEqual(isOld ? ['tea', 'tea'] : ['tea']);
    },
  );

  it(fault('the token crosses', 'the token stays in its tab'), async () => {
    const [a, b] = [await openWithCart(), await openWithCart()];
    await a.run((app) => app.login('Ada', 'secret'));
    await expect.poll(() => auth(b)).toMatchObject({ user: 'Ada' });
    expect((await auth(b)).token).toBe(isOld ? 'secret' : null);
    expect(await auth(a)).toMatchObject({ user: 'Ada', token: 'secret' });
  });

  it(fault('a late tab begins empty', 'a late tab has what converges'), async () => {
    const a = await openWithCart();
    await a.run((app) => app.switchTenant('globex'));
    const late = await tabs.open();
    expect(await tenant(late)).toBe(isOld ? 'acme' : 'globex');
  });

  it(
    fault('what cannot be posted is lost here, too', 'what cannot be posted stays here'),
    async () => {
      const tab = await openWithCart();
      const add = tab.run((app) => app.addEverywhere(new Proxy({ sku: 'tea' }, {})));
      if (isOld) await expect(add).rejects.toThrow(/could not be cloned/);
      else await add.catch(() => undefined);
      expect((await items(tab))?.length).toBe(isOld ? 0 : 1);
    },
  );

  it(
    fault(
      'a second slice under a taken key is ignored',
      'a second slice under a taken key is refused, and both apps are named',
    ),
    async () => {
      const tab = await openWithCart();
      const take = tab.run((app) => app.takeCartKey());
      if (isOld) await take;
      else await expect(take).rejects.toThrow(/'cart' belongs to 'cart'; 'other' cannot inject/);
      expect(await items(tab)).toEqual([]);
    },
  );
});

interface NewShop extends Shop {
  drops(): string[];
}

describe('side by side: one tab has the old build, the other the new one', () => {
  let old: Tabs<Shop>;
  let a: Tab<Shop>;
  let b: Tab<NewShop>;
  beforeEach(async () => {
    old = await Tabs.of(browser, { folder, module: 'by-hand/before/app.ts' });
    const module = 'by-hand/side-by-side/app.ts';
    const ours = await Tabs.of<NewShop>(browser, { folder, module, beside: old });
    [a, b] = [await old.open(), await ours.open()];
    for (const tab of [a, b]) await tab.run((app) => app.mountCart());
  });
  afterEach(() => old?.close());

  it('the old one takes what is marked in the new one, once', async () => {
    await b.run((app) => app.addEverywhere('tea'));
    await b.run((app) => app.login('Ada', 'secret'));
    await b.run((app) => app.switchTenant('globex'));
    await expect.poll(() => tenant(a)).toBe('globex');
    expect([await items(a), await auth(a)]).toMatchObject([['tea'], { user: 'Ada' }]);
    expect((await auth(a)).token).toBeUndefined();
  });

  it('the new one takes what is marked in the old one, once, and refuses the token', async () => {
    await a.run((app) => app.login('Ada', 'secret'));
    await a.run((app) => app.addEverywhere('tea'));
    await expect.poll(() => items(b)).toEqual(['tea']);
    expect((await auth(b)).user).toBeNull();
    expect(await b.run((app) => app.drops())).toEqual(['secret auth/login']);
  });

  it('a slice that converges takes nothing of the old one, without a word', async () => {
    await a.run((app) => app.switchTenant('globex'));
    await a.run((app) => app.addEverywhere('tea'));
    await expect.poll(() => items(b)).toEqual(['tea']);
    expect([await tenant(b), await b.run((app) => app.drops())]).toEqual(['acme', []]);
  });
});

// By hand it is luck which of the two tabs show in the end.
it('with isthmus, tabs that act at once agree', async () => {
  const tabs = await Tabs.of<Shop>(browser, { folder, module: 'by-hand/after/app.ts' });
  const [a, b] = [await tabs.open(), await tabs.open()];
  const moment = Date.now() + 300;
  const act = (tab: Tab<Shop>, id: string) =>
    tab.runAt(moment, (app, arg) => app.switchTenant(arg), id);
  await Promise.all([act(a, 'globex'), act(b, 'initech')]);
  await expect.poll(async () => (await tenant(a)) === (await tenant(b))).toBe(true);
  expect(await tenant(a)).not.toBe('acme');
  await tabs.close();
});
