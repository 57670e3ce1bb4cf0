import type { Locator, Page } from '@playwright/test';
import type { Action, BridgeCounters, Inspection, SharedStore } from 'isthmus';

declare global {
  /** What the host page offers; see webpack/demo/host/src/demo-handle.ts. */
  var isthmusDemo: {
    store: SharedStore;
    mfIds: { host: string; cart?: string; profile?: string };
    observe(observer: (action: Action, keysBefore: string[]) => void): () => void;
    cycleRemote(name: 'cart' | 'profile', times: number): Promise<void>;
  };
}

export interface TabOptions {
  /** How many milliseconds the restore of the session takes before it asks for a token. */
  restore?: number;
  /** Runs in the page before any of its scripts. */
  initScript?: () => void;
}

/** One tab with the demo, both remotes mounted and the session restored. */
export class DemoTab {
  private constructor(readonly page: Page) {}

  static async open(page: Page, url: string, options: TabOptions = {}): Promise<DemoTab> {
    if (options.initScript) await page.addInitScript(options.initScript);
    await page.goto(`${url}/?restore=${options.restore ?? 0}`);
    const tab = new DemoTab(page);
    await tab.get('add-tea').waitFor();
    await tab.get('display-name').waitFor();
    return tab;
  }

  get(testId: string): Locator {
    return this.page.getByTestId(testId);
  }

  /** Clicks as a user does, on the tab in front; one behind is painted too seldom for a click. */
  async click(testId: string): Promise<void> {
    await this.page.bringToFront();
    await this.get(testId).click();
  }

  /** The state at a path as plain data; undefined where there is nothing. */
  read(...path: (string | number)[]): Promise<unknown> {
    return this.page.evaluate((at) => {
      const json = JSON.stringify(isthmusDemo.store.read(at));
      return json === undefined ? undefined : (JSON.parse(json) as unknown);
    }, path);
  }

  /** The whole state as text, for comparing before and after. */
  state(): Promise<string> {
    return this.page.evaluate(() => JSON.stringify(isthmusDemo.store.getState()));
  }

  dispatch(...actions: Action[]): Promise<void> {
    return this.page.evaluate((all) => {
      for (const action of all) isthmusDemo.store.dispatch(action);
    }, actions);
  }

  counters(): Promise<BridgeCounters> {
    return this.page.evaluate(() => isthmusDemo.store.bridge.counters());
  }

  inspect(): Promise<Inspection> {
    return this.page.evaluate(() => isthmusDemo.store.inspect());
  }

  cycleRemote(name: 'cart' | 'profile', times: number): Promise<void> {
    return this.page.evaluate(([which, n]) => isthmusDemo.cycleRemote(which, n), [
      name,
      times,
    ] as const);
  }

  /** Counts, from now on, the actions of a type that reach the store. */
  async countActions(type: string): Promise<() => Promise<number>> {
    const counter = await this.page.evaluateHandle((wanted) => {
      const counts = { seen: 0 };
      isthmusDemo.observe((action) => {
        if (action.type === wanted) counts.seen += 1;
      });
      return counts;
    }, type);
    return () => counter.evaluate((counts) => counts.seen);
  }
}
