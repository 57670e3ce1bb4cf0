import type { StoreHoldings } from '../api/crossing-port.js';
import type { Inspection, OwnerInspection } from '../api/inspection.js';
import { firstCopy, PROTOCOL, realm, registry } from '../page/realm.js';
import type { Leases } from './lifecycle/leases.js';
import type { Readiness } from './lifecycle/readiness.js';
import type { MiddlewareChain } from './middleware-chain.js';
import type { StateCell } from './state/state-cell.js';

/** What a store is looked at for. */
interface Inspected {
  readonly name: string;
  readonly mfId: string;
  readonly cell: StateCell;
  readonly leases: Leases;
  readonly readiness: Readiness;
  readonly middleware: MiddlewareChain;
}

/** What a store holds at this moment, for leak checks and panels. Changes nothing. */
export function inspectStore(core: Inspected, holdings: StoreHoldings): Inspection {
  const { cell, readiness } = core;
  const inUse = firstCopy(PROTOCOL);
  const leased = [...core.leases.entries].map(([key, { owner, count }]) => ({ key, owner, count }));
  const found = cell.foundKeys().map((key) => ({ key, owner: core.name, count: 0 }));
  const slices = [...found, ...leased].map(({ key, owner, count }) => ({
    key,
    owner,
    kind: cell.isNative(key) ? ('native' as const) : ('js' as const),
    leases: count,
    status: readiness.status(key),
  }));
  return {
    name: core.name,
    mfId: core.mfId,
    slices,
    expected: holdings.expected,
    owners: ownersOf(core, holdings),
    leases: core.leases.count,
    watchers: cell.watching,
    listeners: cell.listening + readiness.listening,
    middleware: core.middleware.size,
    channels: holdings.channels,
    ...(holdings.log && { log: holdings.log }),
    copies: registry().copies.map((copy) => ({ ...copy, active: copy === inUse })),
    engines: realm().engines ?? 0,
  };
}

function ownersOf(core: Inspected, { memberships, contracts, expected }: StoreHoldings) {
  const held = [...core.leases.entries].map(([key, { owner, holders }]) => ({
    key,
    holders: holders.size > 0 ? holders : new Map([[owner, 0]]),
  }));
  const middleware = core.middleware.owners.map((owners) => new Set(owners));
  const names = new Set([
    ...memberships.keys(),
    ...held.flatMap(({ holders }) => [...holders.keys()]),
    ...middleware.flatMap((owners) => [...owners]),
  ]);
  return [...names].map((owner): OwnerInspection => {
    const slices = held.filter(({ holders }) => holders.has(owner));
    return {
      owner,
      memberships: memberships.get(owner) ?? 0,
      slices: slices.map(({ key }) => key),
      leases: slices.reduce((sum, { holders }) => sum + holders.get(owner)!, 0),
      middleware: middleware.filter((owners) => owners.has(owner)).length,
      contracts: contracts.filter(({ owners }) => owners.includes(owner)).map(({ type }) => type),
      expected: expected.filter(({ owners }) => owners.includes(owner)).map(({ key }) => key),
    };
  });
}
