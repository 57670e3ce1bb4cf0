import { isBrowserRealm } from '../page/realm.js';

/**
 * What carries messages between the hubs of one channel. A message reaches every other transport of the
 * channel, never the one that posted it.
 *
 * @example
 * ```ts
 * import type { Transport } from 'isthmus';
 *
 * const overBroadcastChannel = (name: string): Transport => {
 *   const channel = new BroadcastChannel(name);
 *   return {
 *     post: (message) => channel.postMessage(message),
 *     onMessage: (listener) => channel.addEventListener('message', (event) => listener(event.data)),
 *     close: () => channel.close(),
 *   };
 * };
 * ```
 */
export interface Transport {
  /** Whether a Uint8Array arrives as such: peers that read bytes are then sent these, which cost less. */
  readonly carriesBytes?: boolean;
  /**
   * Calls back in a later task what a task had no room for, as `isthmus/testing` does when a test says so; then no
   * clock is looked at. By default that is a task of the page, and time counts too.
   */
  readonly later?: (task: () => void) => void;
  post(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
  close(): void;
}

/** Opens a transport for a channel. */
export type OpenTransport = (channel: string) => Transport;

/** The transport between the tabs, frames and workers of one origin. */
export function broadcastChannel(name: string): Transport {
  const channel = new BroadcastChannel(name);
  return {
    carriesBytes: true,
    post: (message) => channel.postMessage(message),
    onMessage: (listener) => {
      channel.addEventListener('message', (event: MessageEvent<unknown>) => listener(event.data));
    },
    close: () => channel.close(),
  };
}

/** A server must not connect the stores of two requests, so there a store has a bridge only if told. */
export function defaultTransport(): OpenTransport | undefined {
  const available = isBrowserRealm() && typeof BroadcastChannel === 'function';
  return available ? broadcastChannel : undefined;
}
