import type { Crossing, Drop, Gap, StoreBridge } from '../api/bridge.js';
import type { Divergence, OtherRelease, Rebase } from '../api/log.js';
import { assertFunction } from '../base/arguments.js';
import type { Listeners } from '../base/listeners.js';
import type { Port } from './port.js';

function add<News>(
  listeners: Listeners<[News]>,
  listener: (news: News) => void,
  call: string,
): () => void {
  assertFunction(listener, `the listener of bridge.${call}`);
  return listeners.add(listener);
}

/** What apps see of a port. */
export function storeBridge(port: Port): StoreBridge {
  const slot = port.logSlot;
  return Object.freeze({
    get enabled() {
      return port.enabled;
    },
    setEnabled: (on: boolean) => port.setEnabled(on),
    counters: () => port.counters(),
    onDrop: (listener: (drop: Drop) => void) => add(port.drops, listener, 'onDrop'),
    onGap: (listener: (gap: Gap) => void) => add(port.gaps, listener, 'onGap'),
    log: Object.freeze({
      entries: () => slot.log?.entries() ?? [],
      settled: () => slot.log?.settled() ?? Promise.resolve(),
      onRebase: (listener: (rebase: Rebase) => void) => add(slot.rebases, listener, 'log.onRebase'),
      onDiverged: (listener: (divergence: Divergence) => void) =>
        add(slot.divergences, listener, 'log.onDiverged'),
      onOtherRelease: (listener: (other: OtherRelease) => void) =>
        add(slot.otherReleases, listener, 'log.onOtherRelease'),
      forget: () => slot.log?.forget(),
    }),
    onCross: (listener: (crossing: Crossing) => void) => add(port.crossings, listener, 'onCross'),
  });
}
