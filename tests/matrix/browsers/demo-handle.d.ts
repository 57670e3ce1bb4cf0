import type { SharedStore } from 'isthmus';

declare global {
  /** What the demo's host page offers; see webpack/demo/host/src/demo-handle.ts. */
  var isthmusDemo: { store: SharedStore };
}
