import { test as base, expect, type Page } from '@playwright/test';
import { serveDemo, type DemoFolders, type DemoServer } from '../../webpack/demo/serve.mjs';
import { ChannelObserver } from './channel-observer.js';
import { DemoTab, type TabOptions } from './demo-tab.js';

export { expect };
export type OpenTab = (options?: TabOptions) => Promise<DemoTab>;

interface TestFixtures {
  /** Opens the demo in a new tab of the test's context; an uncaught error there fails the test. */
  openTab: OpenTab;
  /** A third page of the host's origin that listens on the channel, and can post to it. */
  observer: ChannelObserver;
}

export interface DemoFixtures {
  /** Builds of the demo to serve in place of its own. */
  folders: DemoFolders;
  demo: DemoServer;
}

export const test = base.extend<TestFixtures, DemoFixtures>({
  folders: [{}, { option: true, scope: 'worker' }],
  demo: [
    async ({ folders }, provide) => {
      const demo = await serveDemo({ ports: { host: 0, cart: 0, profile: 0 }, folders });
      await provide(demo);
      await demo.close();
    },
    { scope: 'worker' },
  ],
  openTab: async ({ context, demo }, provide) => {
    const errors: string[] = [];
    await provide(async (options) => {
      const page = await context.newPage();
      recordErrors(page, errors);
      return DemoTab.open(page, demo.urls.host, options);
    });
    expect(errors).toEqual([]);
  },
  observer: async ({ context, demo }, provide) => {
    await provide(await ChannelObserver.open(context, `${demo.urls.host}/config.json`));
  },
});

/** Adds the page's uncaught errors, and what its content policy refuses. */
function recordErrors(page: Page, errors: string[]): void {
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
}
