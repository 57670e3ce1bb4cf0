import {
  describeContracts,
  type ContractDescription,
  type Inspection,
  type SharedStore,
} from 'isthmus';

/** What a store held at one moment. */
export interface Baseline {
  /** What the store held. */
  readonly inspection: Held;
  /** The contracts that it had. */
  readonly contracts: readonly ContractDescription[];
}

type Held = Pick<
  Inspection,
  'slices' | 'expected' | 'watchers' | 'listeners' | 'middleware' | 'channels'
>;
type Holder = Pick<SharedStore, 'inspect' | 'name'>;

/**
 * What a store holds now, for {@link assertNoLeaks} to compare with later. Contracts are known on a page
 * only.
 *
 * @example
 * ```ts
 * import { getSharedStore } from 'isthmus';
 * import { assertNoLeaks, takeBaseline } from 'isthmus/testing';
 *
 * const store = getSharedStore();
 * const before = takeBaseline(store);
 * // ... an app mounts and unmounts, and a task later
 * assertNoLeaks(store, before);
 * ```
 */
export function takeBaseline(store: Holder): Baseline {
  const contracts = describeContracts().filter((contract) => contract.store === store.name);
  return { inspection: store.inspect(), contracts };
}

/**
 * Fails when a store holds more than before: slices, leases, watchers, listeners, middleware, contracts,
 * parked messages or channels. The error names each with its owner, as far as the store knows it.
 *
 * Before is a baseline, or the moment before `run`, which is awaited together with the teardowns that it
 * has left to the next task. Without either nothing at all may be left, as after `dispose()`.
 *
 * @throws Error that lists what is left.
 *
 * @example
 * ```ts
 * import { joinSharedStore } from 'isthmus';
 * import { assertNoLeaks, createTestStore } from 'isthmus/testing';
 *
 * const { store, dispose } = await createTestStore({ shared: true });
 * await assertNoLeaks(store, () => {
 *   const cart = joinSharedStore({ app: 'cart', slices: [{ key: 'cart', reducer: () => 0 }] });
 *   cart.leave(); // without this line: "slice 'cart' of 'cart' (1 lease)"
 * });
 * dispose();
 * ```
 */
export function assertNoLeaks(store: Holder, before?: Baseline): void;
export function assertNoLeaks(store: Holder, run: () => unknown): Promise<void>;
export function assertNoLeaks(
  store: Holder,
  before: Baseline | (() => unknown) = NOTHING,
): void | Promise<void> {
  if (typeof before === 'function') return runAndCompare(store, before);
  const left = leaks(before, takeBaseline(store));
  if (left.length === 0) return;
  throw new Error(
    `isthmus/testing: the store '${store.name}' holds more than before:\n` +
      left.map((line) => `- ${line}\n`).join('') +
      'Undo it where the app unmounts: membership.leave(), lease.dispose(), and the functions that watch, subscribe and onStatus return.',
  );
}

async function runAndCompare(store: Holder, run: () => unknown): Promise<void> {
  const before = takeBaseline(store);
  await run();
  await nextTask();
  assertNoLeaks(store, before);
}

/** Later than the teardowns that were scheduled for the next task, and in spite of faked timers. */
function nextTask(): Promise<void> {
  return new Promise((resolve) => realSetTimeout(resolve, 1));
}

const realSetTimeout = globalThis.setTimeout;

const NOTHING: Baseline = {
  inspection: {
    slices: [],
    expected: [],
    watchers: 0,
    listeners: 0,
    middleware: 0,
    channels: [],
  },
  contracts: [],
};

function leaks(before: Baseline, after: Baseline): string[] {
  const [was, is] = [before.inspection, after.inspection];
  return [
    ...slicesLeft(was, is),
    ...parkedLeft(was, is),
    ...(['watchers', 'listeners', 'middleware'] as const).flatMap((kind) =>
      is[kind] > was[kind] ? `${kind}: ${is[kind] - was[kind]} more` : [],
    ),
    ...contractsLeft(before, after),
    ...is.channels
      .filter((name) => !was.channels.includes(name))
      .map((name) => `channel '${name}'`),
  ];
}

function slicesLeft(was: Held, is: Held): string[] {
  return is.slices.flatMap(({ key, owner, leases }) => {
    const known = was.slices.find((slice) => slice.key === key);
    if (known === undefined) return `slice '${key}' of '${owner}' (${counted(leases, 'lease')})`;
    const more = leases - known.leases;
    return more > 0 ? `leases on the slice '${key}' of '${owner}': ${more} more` : [];
  });
}

function parkedLeft(was: Held, is: Held): string[] {
  return is.expected.flatMap(({ key, owners, messages }) => {
    const known = was.expected.find((slice) => slice.key === key);
    const by = owners.map((owner) => `'${owner}'`).join(', ');
    if (known === undefined)
      return `slice '${key}' expected by ${by} (${counted(messages, 'message')} parked)`;
    const more = messages - known.messages;
    return more > 0 ? `messages parked for '${key}', which ${by} expects: ${more} more` : [];
  });
}

function contractsLeft(before: Baseline, after: Baseline): string[] {
  const known = new Set(before.contracts.flatMap(ownedTypes));
  return after.contracts.flatMap(ownedTypes).filter((contract) => !known.has(contract));
}

function ownedTypes({ type, owners }: ContractDescription): string[] {
  return owners.map((owner) => `contract '${type}' of '${owner}'`);
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}
