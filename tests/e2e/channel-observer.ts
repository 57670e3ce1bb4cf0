import type { BrowserContext, Page } from '@playwright/test';

/** What travels on the channel; anything may be in it, since anyone may post. */
export interface Envelope {
  isthmus: number;
  sender: string;
  seq: number;
  action: { type: string; payload?: unknown; meta?: Record<string, unknown> };
}

declare global {
  var observed: { channel: BroadcastChannel; messages: Envelope[] };
}

/** A page that is no store: it records every message of the channel and can post any. */
export class ChannelObserver {
  private constructor(readonly page: Page) {}

  static async open(context: BrowserContext, url: string): Promise<ChannelObserver> {
    const page = await context.newPage();
    await page.goto(url);
    await page.evaluate(() => {
      globalThis.observed = { channel: new BroadcastChannel('isthmus'), messages: [] };
      observed.channel.onmessage = ({ data }) => observed.messages.push(data as Envelope);
    });
    return new ChannelObserver(page);
  }

  messages(): Promise<Envelope[]> {
    return this.page.evaluate(() => observed.messages);
  }

  async types(): Promise<string[]> {
    return (await this.messages()).map(({ action }) => action.type);
  }

  post(message: unknown): Promise<void> {
    return this.page.evaluate((data) => observed.channel.postMessage(data), message);
  }
}

/** An envelope as a store of another tab posts it; `changes` makes it wrong in one way. */
export function envelope(action: Envelope['action'], changes: Record<string, unknown> = {}) {
  return {
    isthmus: 1,
    sender: 'another-tab',
    from: 'shared',
    seq: 1,
    clock: Date.now(),
    schemaVersion: 1,
    action: { ...action, meta: { crossApp: true, ...action.meta } },
    ...changes,
  };
}
