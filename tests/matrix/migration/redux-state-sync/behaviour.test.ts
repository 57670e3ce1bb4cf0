import type { Browser } from '@playwright/test';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { launch, Tabs, type Tab } from '../../tabs.js';
import type { TodoApp } from './reducers.js';

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser?.close());

const texts = (tab: Tab<TodoApp>) => tab.run((app) => app.state().todos.map(({ text }) => text));
const filter = (tab: Tab<TodoApp>) => tab.run((app) => app.state().visibilityFilter);
const add = (tab: Tab<TodoApp>, text: string) =>
  tab.run((app, arg) => app.add(arg.length, arg), text);

describe.each([
  { name: 'redux-state-sync', step: 'before' },
  { name: 'isthmus and the old reducers', step: 'first-step' },
  { name: 'isthmus', step: 'after' },
])('the to-do list with $name', ({ step }) => {
  const folder = `${import.meta.dirname}/..`;
  const module = `redux-state-sync/${step}/app.ts`;
  let tabs: Tabs<TodoApp>;
  beforeEach(async () => {
    tabs = await Tabs.of(browser, { folder, module });
  });
  afterEach(() => tabs?.close());

  it('what one tab adds and toggles shows in the other, which has done nothing yet', async () => {
    const [a, b] = [await tabs.open(), await tabs.open()];
    await add(a, 'tea');
    await a.run((app) => app.toggle(3));
    const todos = [{ id: 3, text: 'tea', completed: true }];
    for (const tab of [a, b]) {
      await expect.poll(() => tab.run((app) => app.state().todos)).toEqual(todos);
      expect(tab.errors).toEqual([]);
    }
  });

  it('each of three tabs has each action once', async () => {
    const [a, b, c] = [await tabs.open(), await tabs.open(), await tabs.open()];
    await add(a, 'tea');
    await expect.poll(() => texts(b)).toEqual(['tea']);
    await add(b, 'milk');
    await expect.poll(() => texts(c)).toEqual(['tea', 'milk']);
    await add(c, 'sugar');
    for (const tab of [a, b, c])
      await expect.poll(() => texts(tab)).toEqual(['tea', 'milk', 'sugar']);
  });

  it('the filter stays in its tab', async () => {
    const [a, b] = [await tabs.open(), await tabs.open()];
    await a.run((app) => app.show('SHOW_ACTIVE'));
    await add(a, 'tea');
    await expect.poll(() => texts(b)).toEqual(['tea']);
    expect([await filter(a), await filter(b)]).toEqual(['SHOW_ACTIVE', 'SHOW_ALL']);
  });

  it('a late tab begins with what the others have', async () => {
    const a = await tabs.open();
    await add(a, 'tea');
    const late = await tabs.open();
    await expect.poll(() => texts(late)).toEqual(['tea']);
    await add(late, 'milk');
    await expect.poll(() => texts(a)).toEqual(['tea', 'milk']);
  });

  const isOld = step === 'before';

  it(`${isOld ? 'old fault: ' : ''}two tabs that act at once show ${isOld ? 'different lists' : 'the same'}`, async () => {
    const [a, b] = [await tabs.open(), await tabs.open()];
    const moment = Date.now() + 300;
    const act = (tab: Tab<TodoApp>, text: string) =>
      tab.runAt(moment, (app, arg) => app.add(arg.length, arg), text);
    await Promise.all([act(a, 'tea'), act(b, 'milk')]);
    await expect.poll(async () => (await texts(a)).length + (await texts(b)).length).toBe(4);
    if (isOld) {
      expect([await texts(a), await texts(b)]).toEqual([
        ['tea', 'milk'],
        ['milk', 'tea'],
      ]);
    } else {
      await expect.poll(async () => (await texts(a)).join()).toBe((await texts(b)).join());
    }
  });

  it(`${isOld ? "old fault: a late tab's filter is another tab's" : 'a late tab has its own filter'}`, async () => {
    const a = await tabs.open();
    await a.run((app) => app.show('SHOW_ACTIVE'));
    await add(a, 'tea');
    const late = await tabs.open();
    await expect.poll(() => texts(late)).toEqual(['tea']);
    expect(await filter(late)).toBe(isOld ? 'SHOW_ACTIVE' : 'SHOW_ALL');
  });

  it(`${isOld ? 'old fault: a frozen action is lost' : 'a frozen action crosses, too'}`, async () => {
    const [a, b] = [await tabs.open(), await tabs.open()];
    const dispatched = a.run((app) => app.dispatchFrozen());
    if (isOld) {
      await expect(dispatched).rejects.toThrow(/not extensible/);
      expect(await texts(a)).toEqual([]);
    } else {
      await dispatched;
      await expect.poll(() => texts(b)).toEqual(['frozen']);
    }
  });
});
