import { isBrowserRealm } from '../page/realm.js';

/** Times what the slices that converge on a channel wait for. */
export interface TransportTimers {
  /** Milliseconds of a clock that never goes back. */
  now(): number;
  /** Milliseconds since 1970, which decide the order of actions; `Date.now()` by default. */
  timeOfDay?(): number;
  /** Calls `task` in so many milliseconds, or later; not once what this returns was called. */
  after(milliseconds: number, task: () => void): () => void;
}

/** What is asked of {@link TransportLocks}. */
export interface TransportLockRequest {
  /** Takes it from whoever holds it, who is then told of the loss. */
  readonly steal?: boolean;
  /** It is held from now on. */
  onGranted?(): void;
  /** It was stolen, or will never be granted. */
  onLost?(): void;
}

/** Locks by name that one of all the stores on a channel holds at a time, as Web Locks are. */
export interface TransportLocks {
  /** Tells the names of those that are held, by whomever; undefined if that cannot be known. */
  held(tell: (names: readonly string[] | undefined) => void): void;
  /**
   * Holds one as soon as nobody else does, until what this returns is called, and then takes back a request
   * that waits. Calls back in a later task only, and no more once it was given back.
   */
  request(name: string, request: TransportLockRequest): () => void;
}

/** Whether somebody sees the page. */
export interface TransportVisibility {
  /** Whether the page is hidden. */
  readonly isHidden: boolean;
  /** Calls back when it changes, until what this returns is called. */
  onChange(listener: () => void): () => void;
}

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
  /** The timers of the slices that converge; `performance.now()` and `setTimeout` by default. */
  readonly timers?: TransportTimers;
  /**
   * Held by the slices that converge: one lock says that a store is there, another which of them settles
   * the order. `navigator.locks` by default. A transport that reaches pages of other origins or other devices
   * says false, since they share none.
   */
  readonly locks?: TransportLocks | false;
  /** Whether the page is seen; that of the page by default. */
  readonly visibility?: TransportVisibility;
  /**
   * Told, when slices that converge begin to use it, whom to ask how many of their actions are not settled.
   * So does a test hub know when all are.
   */
  readonly follow?: (unsettled: () => number) => void;
  /** Sends a message to all others. */
  post(message: unknown): void;
  /** Takes the function that is given what others send. */
  onMessage(listener: (message: unknown) => void): void;
  /** Ends it: nothing is sent or heard any more. */
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
