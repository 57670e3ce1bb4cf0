import { marked } from './actions.js';
import { expect, test } from './fixtures.js';

declare global {
  var rendered: string[];
}

/** Records each text that the page ever shows for a skeleton, a token or the apps' contents. */
function recordRendering() {
  const ids = ['skeleton', 'cart-skeleton', 'profile-skeleton', 'cart-token', 'profile-token'];
  const last = new Map<string, string>();
  globalThis.rendered = [];
  new MutationObserver(() => {
    for (const id of [...ids, 'total', 'display-name', 'add-tea']) {
      const element = document.querySelector(`[data-testid="${id}"]`);
      const text = element ? `${id}: ${element.textContent}` : `${id} gone`;
      if ((last.get(id) ?? `${id} gone`) !== text) rendered.push(text);
      last.set(id, text);
    }
  }).observe(document, { subtree: true, childList: true, characterData: true });
}

const HELD = 24 * 60 * 60 * 1000;

/** Holds the restore, which is to take so long as `HELD`, until all skeletons were there, on a machine of any speed. */
function restoreAfterSkeletons() {
  const setTimer = globalThis.setTimeout;
  const held = 24 * 60 * 60 * 1000;
  globalThis.setTimeout = ((run: () => void, ms?: number) => {
    if (ms !== held) return setTimer(run, ms);
    const observer = new MutationObserver(() => {
      const skeletons = ['skeleton', 'cart-skeleton', 'profile-skeleton'];
      if (!skeletons.every((id) => document.querySelector(`[data-testid="${id}"]`))) return;
      observer.disconnect();
      run();
    });
    observer.observe(document, { subtree: true, childList: true });
    return 0;
  }) as typeof setTimeout;
}

const grace = { type: 'auth/login', payload: { user: { id: 'grace', name: 'Grace Hopper' } } };

test('skeletons show in the host and in both remotes until the session is restored', async ({
  context,
  openTab,
}) => {
  await context.addInitScript(restoreAfterSkeletons);
  const { page } = await openTab({ restore: HELD, initScript: recordRendering });
  const rendered = await page.evaluate(() => globalThis.rendered);
  const position = (start: string) => rendered.findIndex((text) => text.startsWith(start));
  for (const skeleton of ['skeleton: ', 'cart-skeleton: ', 'profile-skeleton: ']) {
    expect(position(skeleton)).toBeGreaterThanOrEqual(0);
    expect(position(skeleton)).toBeLessThan(position('add-tea: '));
    expect(position(skeleton)).toBeLessThan(position('display-name: '));
  }
});

test('no remote ever renders an undefined token', async ({ openTab }) => {
  const a = await openTab();
  await a.click('login');
  await expect(a.get('user')).toHaveText('Ada Lovelace');
  const b = await openTab({ restore: 300, initScript: recordRendering });
  await expect(b.get('cart-token')).toHaveText(/^tok_ada_/);
  await a.click('logout');
  await expect(b.get('login')).toBeVisible();
  await a.dispatch(marked(grace));
  await expect(b.get('cart-token')).toHaveText(/^tok_grace_/);
  await b.cycleRemote('cart', 3);
  await expect(b.get('cart-token')).toHaveText(/^tok_grace_/);

  const tokens = (await b.page.evaluate(() => rendered)).filter((text) => text.includes('-token:'));
  expect(tokens.length).toBeGreaterThanOrEqual(4);
  for (const token of tokens) expect(token).toMatch(/-token: tok_(ada|grace)_[0-9a-f]{8}$/);
});

test('a login from another tab shows skeletons until this tab has its own token', async ({
  openTab,
}) => {
  const a = await openTab();
  const b = await openTab({ initScript: recordRendering });
  await b.page.evaluate(() => (rendered.length = 0));
  await a.click('login');
  await expect(b.get('cart-token')).toHaveText(/^tok_ada_/);
  const rendered = await b.page.evaluate(() => globalThis.rendered);
  const shown = rendered.map((text) => text.split(':')[0]);
  for (const app of ['cart', 'profile']) {
    expect(shown).toContain(`${app}-skeleton`);
    expect(shown.indexOf(`${app}-skeleton`)).toBeLessThan(shown.indexOf(`${app}-token`));
  }
});

test('a logout overtakes the token that another tab is still fetching', async ({ openTab }) => {
  const [a, b] = [await openTab(), await openTab()];
  const fetched = await b.countActions('session/tokenReceived');
  await a.dispatch(marked(grace), marked({ type: 'auth/logout' }), marked(grace));
  await expect(b.get('cart-token')).toHaveText(/^tok_grace_/);
  expect(await fetched()).toBe(1);
});
