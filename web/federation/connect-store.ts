import type { BridgeLimits, Drop, Gap } from '../api/bridge.js';
import type { AnyState } from '../api/store.js';
import { assertFunction, wrongArgument } from '../base/arguments.js';
import { isPlainObject } from '../base/plain-object.js';
import { setPort } from '../bridge/heard.js';
import { hubFor } from '../bridge/hub.js';
import { completeLegacy, type LegacyChannel } from '../bridge/legacy-channel.js';
import { completeLimits } from '../bridge/limits.js';
import { Port } from '../bridge/port.js';
import { storeBridge } from '../bridge/store-bridge.js';
import { defaultTransport, type OpenTransport } from '../bridge/transport.js';
import type { ActionLimits } from '../engine/action.js';
import { claimPage } from '../page/protocol.js';
import { EngineCell } from '../store/state/engine-cell.js';
import { StoreCore, type StoreOptions } from '../store/store.js';
import type { ConnectedStore } from './connected-stores.js';
import { list } from './connected-stores.js';

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
  /** Carries the messages; BroadcastChannel by default, and nothing on a server. */
  readonly transport?: OpenTransport;
}

const DEFAULT_CHANNEL = 'isthmus';

/** Makes a store of Isthmus' own, connected as the options say. */
export function createConnectedStore(
  name: string,
  preloadedState: AnyState | undefined,
  options?: BridgeOptions,
): ConnectedStore {
  return connectStore(name, options, (port, limits) => ({
    cell: new EngineCell(name, preloadedState, port, limits),
  }));
}

function assertBridgeOptions(options: unknown): void {
  if (!isPlainObject(options)) {
    const how = "{ channel: 'name' }, to name one, or { enabled: false }";
    throw wrongArgument(`the option 'bridge' is an object such as ${how}`, options);
  }
  for (const [name, isRight, what] of [
    ['channel', typeof options.channel === 'string', 'a text'],
    ['limits', isPlainObject(options.limits), 'an object'],
    ['enabled', typeof options.enabled === 'boolean', 'true or false'],
  ] as const) {
    if (options[name] === undefined || isRight) continue;
    throw wrongArgument(`the option bridge.${name} is ${what}`, options[name]);
  }
  for (const name of ['flag', 'onDrop', 'onGap', 'transport']) {
    if (options[name] !== undefined) assertFunction(options[name], `the option bridge.${name}`);
  }
}

/** Makes a store of what `makeParts` gives, connected as the options say. */
export function connectStore(
  name: string,
  options: BridgeOptions = {},
  makeParts: (
    port: Port,
    limits: ActionLimits,
  ) => Pick<StoreOptions, 'cell' | 'dispatch' | 'finish'>,
): ConnectedStore {
  assertBridgeOptions(options);
  claimPage();
  const { channel = DEFAULT_CHANNEL, enabled = true, flag, onDrop, onGap } = options;
  const limits = completeLimits(options.limits);
  const legacyChannel = completeLegacy(options.legacyChannel, channel);
  const transport = options.transport ?? defaultTransport();
  const hub = transport && hubFor(transport, channel);
  const legacy = transport &&
    legacyChannel && { channel: legacyChannel, hub: hubFor(transport, legacyChannel.name) };
  const port = new Port({
    ...{ store: name, channel, hub, legacy, enabled, flag, limits },
    target: {
      dispatch: (action) => void core.dispatch(action),
      shortcut: () => core.shortcut(),
    },
  });
  if (onDrop !== undefined) port.drops.add(onDrop);
  if (onGap !== undefined) port.gaps.add(onGap);
  const seen = {
    holdings: () => port.holdings(),
    onInjected: (key: string) => port.parking.injected(key),
  };
  const core = newCore();
  const { hints } = core;
  if (hints !== undefined) port.drops.add((drop) => hints.stayedHome(drop));
  setPort(core.store.bridge, port);
  const connected = { core, port };
  list(connected);
  return connected;

  function newCore(): StoreCore {
    try {
      return new StoreCore({
        name,
        bridge: storeBridge(port),
        ...seen,
        ...makeParts(port, limits),
      });
    } catch (error) {
      port.dispose();
      throw error;
    }
  }
}
