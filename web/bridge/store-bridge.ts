import type { Crossing, Drop, Gap, StoreBridge } from '../store/types.js';
import type { Port } from './port.js';

/** What apps see of a port. */
export function storeBridge(port: Port): StoreBridge {
  return Object.freeze({
    get enabled() {
      return port.enabled;
    },
    setEnabled: (on: boolean) => port.setEnabled(on),
    counters: () => port.counters(),
    onDrop: (listener: (drop: Drop) => void) => port.drops.add(listener),
    onGap: (listener: (gap: Gap) => void) => port.gaps.add(listener),
    onCross: (listener: (crossing: Crossing) => void) => port.crossings.add(listener),
  });
}
