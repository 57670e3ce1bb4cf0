import type { Action } from 'redux';

import type { Crossing, Drop, Gap, Matcher, StoreBridge } from '../api/bridge.js';
import type { Divergence, OtherRelease, Rebase } from '../api/log.js';
import { assertFunction } from '../base/arguments.js';
import type { Listeners } from '../base/listeners.js';
import type { LatePort } from './late-port.js';

function add<News>(
  listeners: Listeners<[News]>,
  listener: (news: News) => void,
  call: string,
): () => void {
  assertFunction(listener, `the listener of bridge.${call}`);
  return listeners.add(listener);
}

type CrossingListener = (crossing: Crossing) => void;

function matching(creator: Matcher<Action>, listener: (crossing: never) => void): CrossingListener {
  assertFunction(creator?.match, 'the `match` of the action creator that bridge.onCross is given');
  assertFunction(listener, 'the listener of bridge.onCross');
  return (crossing) => {
    if (creator.match(crossing.action)) listener(crossing as never);
  };
}

/** What apps see of a port. */
export function storeBridge(port: LatePort): StoreBridge {
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
      settled: () => slot.settled(),
      onRebase: (listener: (rebase: Rebase) => void) => add(slot.rebases, listener, 'log.onRebase'),
      onDiverged: (listener: (divergence: Divergence) => void) =>
        add(slot.divergences, listener, 'log.onDiverged'),
      onOtherRelease: (listener: (other: OtherRelease) => void) =>
        add(slot.otherReleases, listener, 'log.onOtherRelease'),
      forget: () => slot.log?.forget(),
    }),
    onCross: (first: Matcher<Action> | CrossingListener, second?: (crossing: never) => void) => {
      const listener = second === undefined ? first : matching(first as Matcher<Action>, second);
      return add(port.crossings, listener as CrossingListener, 'onCross');
    },
  });
}
