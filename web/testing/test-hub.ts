import type { OpenTransport } from 'isthmus';

import {
  randomDelivery,
  type Delivery,
  type DeliveryPolicy,
  type RandomDelivery,
} from './delivery.js';
import { HubCourse } from './hub-course.js';
import { HubLocks } from './hub-locks.js';
import { HubWire, type Routing } from './hub-wire.js';
import { Tab, type TestTab } from './test-tab.js';
import { refuseUnsettled } from './unsettled.js';

/** How a {@link TestHub} delivers: once and in order, unless one of these says otherwise. */
export interface TestHubOptions {
  /** Decides about each message and receiver; what it leaves open is decided by `random`. */
  readonly deliver?: DeliveryPolicy;
  /** Delivery in a random order, with losses and repetitions; in order by default. */
  readonly random?: RandomDelivery;
  /**
   * Decides about what the logs of converging slices tell each other, on a channel whose name ends in `/log`;
   * what it leaves open is decided by `random`.
   */
  readonly deliverLog?: DeliveryPolicy;
}

/**
 * Channels that deliver only when the test says so. What the logs of converging slices tell each other, and
 * what they wait for, happens along with the deliveries, in its order and at its time; it is neither listed nor
 * counted.
 */
export interface TestHub {
  /** One simulated tab: stores created with this transport share a realm's hub, others are elsewhere. */
  connect(tab?: string): OpenTransport;
  /**
   * The tab that was last connected by this name.
   *
   * @throws Error if none was.
   */
  tab(name: string): TestTab;
  /** How many deliveries wait. */
  readonly pending: number;
  /** The deliveries that wait, the next one first. */
  readonly waiting: readonly Delivery[];
  /** Every message that was posted, as it was on the wire. */
  readonly messages: readonly unknown[];
  /**
   * Hub time in milliseconds: only deliveries, `advance` and `settle` move it, and no clock. Converging slices order
   * actions of several tabs as the test dispatches them.
   */
  readonly now: number;
  /** The seed of `random`: `createTestHub({ random: { seed } })` repeats what happened. */
  readonly seed: number | undefined;
  /** Delivers the next one, or the first of those that `which` picks; false when there is none. */
  step(which?: (delivery: Delivery) => boolean): boolean;
  /** Lets hub time pass and delivers what is due by then; returns how many deliveries that were. */
  advance(milliseconds: number): number;
  /**
   * Delivers until nothing waits, delayed ones too, and returns how many deliveries that were. Afterwards all of
   * them were applied, however long that takes: what the page would do in later tasks is done too, as it is by
   * `step` and `advance`.
   */
  flush(): number;
  /**
   * Delivers, and lets hub time pass, until the converging slices of all tabs that are awake have settled and
   * nothing is left to happen; after a minute of hub time it is enough that they have settled. Returns how many
   * deliveries that were.
   *
   * @throws Error that names the tabs that have not.
   */
  settle(): number;
}

/**
 * An in-memory stand-in for BroadcastChannel whose deliveries a test takes step by step, and may delay,
 * lose, repeat and reorder. Messages are structured clones, as in the browser.
 *
 * @example
 * ```ts
 * import { createIsolatedStore, crossApp, defineSlice, loadEngine } from 'isthmus';
 * import { set, payload } from 'isthmus/program';
 * import { createTestHub } from 'isthmus/testing';
 *
 * await loadEngine(undefined, { whole: true });
 * const theme = defineSlice({
 *   name: 'theme',
 *   initialState: 'light',
 *   reducers: { change: [set('', payload())] },
 *   contract: { 'theme/change': { payload: { type: 'string' } } },
 * });
 * const hub = createTestHub({ random: { duplication: 0.5, reordering: 0.2, seed: 7 } });
 * const a = createIsolatedStore({ name: 'app', slices: [theme], bridge: { transport: hub.connect() } });
 * const b = createIsolatedStore({ name: 'app', slices: [theme], bridge: { transport: hub.connect() } });
 * a.dispatch(crossApp(theme.actions.change('dark')));
 * hub.flush();
 * b.read(['theme']); // 'dark'
 * ```
 */
export function createTestHub({ deliver, deliverLog, random }: TestHubOptions = {}): TestHub {
  const seed = random && (random.seed ?? drawSeed());
  const course = new HubCourse();
  const locks = new HubLocks(course.timers);
  const wire = new HubWire({
    ...{ course, locks },
    route: routing(deliver, random && randomDelivery(seed!, random)),
    // Numbers of their own: the same messages are lost whatever logs tell each other.
    routeFrame: routing(deliverLog, random && randomDelivery(~seed!, random)),
  });
  const tabs = new Map<string, Tab>();
  let count = 0;

  const tabOf = (name: string): Tab => {
    const known = tabs.get(name);
    if (known !== undefined && !known.isGone) return known;
    const tab = new Tab(name, () => {
      wire.closeAll(tab);
      locks.release(tab);
    });
    tabs.set(name, tab);
    return tab;
  };
  return {
    connect: (name = `tab-${++count}`) => {
      const tab = tabOf(name);
      return (channel) => wire.open(tab, channel);
    },
    tab: (name) => tabs.get(name) ?? refuseTab(name, tabs),
    get pending() {
      return course.queue.waiting.length;
    },
    get waiting() {
      return course.queue.waiting;
    },
    messages: wire.messages,
    get now() {
      return course.time.now;
    },
    seed,
    step: (which) => course.step(which),
    advance: (milliseconds) => course.advance(milliseconds),
    flush: () => course.flush(),
    settle: () => {
      const delivered = course.run(course.time.now + LONGEST);
      refuseUnsettled(wire.followers, course.time.now);
      return delivered;
    },
  };
}

/** Once and in order where nobody says otherwise. */
function routing(deliver?: DeliveryPolicy, atRandom?: DeliveryPolicy): Routing {
  return (sent) => deliver?.(sent) ?? atRandom?.(sent) ?? [{}];
}

/** Milliseconds of hub time that settling may take. */
const LONGEST = 60_000;

function refuseTab(name: string, tabs: ReadonlyMap<string, Tab>): never {
  const known = [...tabs.keys()].map((each) => `'${each}'`).join(', ') || 'none';
  throw new Error(
    `isthmus/testing: no tab '${name}' is connected to this hub; there are: ${known}.`,
  );
}

function drawSeed(): number {
  const seed = Math.floor(Math.random() * 2 ** 32);
  console.info(
    `isthmus/testing: a test hub drew the seed ${seed}; createTestHub({ random: { seed: ${seed} } }) repeats it.`,
  );
  return seed;
}
