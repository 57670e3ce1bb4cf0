import type { BridgeLimits, Drop, Gap } from '../api/bridge.js';
import type { LogOptions } from '../api/log.js';
import { assertFunction, wrongArgument } from '../base/arguments.js';
import { isPlainObject } from '../base/plain-object.js';
import type { LegacyChannel } from '../bridge/legacy-channel.js';
import type { OpenTransport } from '../bridge/transport.js';

/** How a store takes part in the bridge. */
export interface BridgeOptions {
  /** Name of the channel; stores on one name hear each other. `isthmus` by default. */
  readonly channel?: string;
  /**
   * Name of a second channel, of plain actions as hand-written bridges post them, while apps move from
   * one to the other: see {@link LegacyChannel}.
   */
  readonly legacyChannel?: string | LegacyChannel;
  /** Whether it begins switched on; yes by default. */
  readonly enabled?: boolean;
  /** Read for every message: while it returns false nothing crosses. */
  readonly flag?: () => boolean;
  /** Told of every dropped message and every action that stayed at home. */
  readonly onDrop?: (drop: Drop) => void;
  /** Told when messages are known to be missing. */
  readonly onGap?: (gap: Gap) => void;
  /** Bounds on what is taken in and remembered, and on what an action may take. */
  readonly limits?: BridgeLimits;
  /** How the log of slices that converge is kept. */
  readonly log?: LogOptions;
  /** Carries the messages; BroadcastChannel by default, and nothing on a server. */
  readonly transport?: OpenTransport;
}

export function assertBridgeOptions(options: unknown): void {
  if (!isPlainObject(options)) {
    const how = "{ channel: 'name' }, to name one, or { enabled: false }";
    throw wrongArgument(`the option 'bridge' is an object such as ${how}`, options);
  }
  for (const [name, isRight, what] of [
    ['channel', typeof options.channel === 'string', 'a text'],
    ['limits', isPlainObject(options.limits), 'an object'],
    ['log', isPlainObject(options.log), 'an object'],
    ['enabled', typeof options.enabled === 'boolean', 'true or false'],
  ] as const) {
    if (options[name] === undefined || isRight) continue;
    throw wrongArgument(`the option bridge.${name} is ${what}`, options[name]);
  }
  for (const name of ['flag', 'onDrop', 'onGap', 'transport']) {
    if (options[name] !== undefined) assertFunction(options[name], `the option bridge.${name}`);
  }
}
