import type { Crossing, Drop, Gap, StoreBridge } from '../api/bridge.js';
import type { Rebase } from '../api/log.js';
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
  return Object.freeze({
    get enabled() {
      return port.enabled;
    },
    setEnabled: (on: boolean) => port.setEnabled(on),
    counters: () => port.counters(),
    onDrop: (listener: (drop: Drop) => void) => add(port.drops, listener, 'onDrop'),
    onGap: (listener: (gap: Gap) => void) => add(port.gaps, listener, 'onGap'),
    log: Object.freeze({
      entries: () => port.log?.entries() ?? [],
      settled: () => port.log?.settled() ?? Promise.resolve(),
      onRebase: (listener: (rebase: Rebase) => void) => add(port.rebases, listener, 'log.onRebase'),
      forget: () => port.log?.forget(),
    }),
    onCross: (listener: (crossing: Crossing) => void) => add(port.crossings, listener, 'onCross'),
  });
}
