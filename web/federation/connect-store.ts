import type { AnyState } from '../api/store.js';
import { setPort } from '../bridge/heard.js';
import { hubFor } from '../bridge/hub.js';
import { completeLegacy } from '../bridge/legacy-channel.js';
import { completeLimits } from '../bridge/limits.js';
import { LatePort } from '../bridge/late-port.js';
import { storeBridge } from '../bridge/store-bridge.js';
import { defaultTransport } from '../bridge/transport.js';
import type { ActionLimits } from '../engine/action.js';
import { claimPage } from '../page/protocol.js';
import { EngineCell } from '../store/state/engine-cell.js';
import type { StoreHints } from '../store/hints/hints.js';
import { StoreCore, type StoreOptions } from '../store/store.js';
import { assertBridgeOptions, type BridgeOptions } from './bridge-options.js';
import { ConnectedStore } from './connected-stores.js';

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

/** Makes a store of what `makeParts` gives, connected as the options say. */
export function connectStore(
  name: string,
  options: BridgeOptions | undefined,
  makeParts: (
    port: LatePort,
    limits: ActionLimits,
  ) => Pick<StoreOptions, 'cell' | 'dispatch' | 'finish'>,
): ConnectedStore {
  if (options !== undefined) assertBridgeOptions(options);
  claimPage();
  const { channel = DEFAULT_CHANNEL, enabled = true, flag, onDrop, onGap } = options ?? {};
  const limits = completeLimits(options?.limits);
  const legacyChannel = completeLegacy(options?.legacyChannel, channel);
  const transport = options?.transport ?? defaultTransport();
  const hub = transport && hubFor(transport, channel);
  const legacy = transport &&
    legacyChannel && { channel: legacyChannel, hub: hubFor(transport, legacyChannel.name) };
  const port = new LatePort({
    ...{ store: name, channel, hub, legacy, enabled, flag, limits, log: options?.log },
  });
  if (onDrop !== undefined) port.drops.add(onDrop);
  if (onGap !== undefined) port.gaps.add(onGap);
  const core = newCore();
  const { hints } = core;
  if (hints !== undefined) giveHints(port, hints);
  try {
    port.connect(core);
  } catch (error) {
    core.dispose();
    throw error;
  }
  setPort(core.store.bridge, port);
  const connected = new ConnectedStore(core, port, options);
  return connected;

  function newCore(): StoreCore {
    try {
      return new StoreCore({
        name,
        bridge: storeBridge(port),
        holdings: () => ({ ...port.holdings(), memberships: connected.memberships }),
        onInjected: (key: string) => port.injected(key),
        ...makeParts(port, limits),
      });
    } catch (error) {
      port.dispose();
      throw error;
    }
  }
}

function giveHints({ drops, logSlot }: LatePort, hints: StoreHints): void {
  drops.add((drop) => hints.stayedHome(drop));
  logSlot.divergences.add((divergence) => hints.diverged(divergence));
  logSlot.otherReleases.add((other) => hints.otherRelease(other));
}
