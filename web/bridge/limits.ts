import type { BridgeLimits } from '../api/bridge.js';
import { EngineError } from '../base/errors.js';

/** The default, the least and the most of each limit. */
const RANGES = /* @__PURE__ */ ranges();

function ranges(): {
  readonly [Name in keyof Required<BridgeLimits>]: readonly [number, number, number];
} {
  return {
    bytes: [256 * 1024, 1024, 16 * 1024 * 1024],
    depth: [64, 4, 200],
    entries: [50_000, 16, 4_000_000],
    senders: [256, 1, 4096],
    window: [1024, 1, 65_536],
    types: [256, 0, 4096],
    rejects: [256, 1, 1_000_000],
    queue: [4096, 0, 1_000_000],
    parkBytes: [1024 * 1024, 1024, 64 * 1024 * 1024],
    parkMessages: [1024, 1, 65_536],
    parkMs: [60_000, 1, 86_400_000],
    actionBytes: [128 * 1024 * 1024, 64 * 1024, 1024 * 1024 * 1024],
    actionSteps: [50_000_000, 1000, 2_000_000_000],
  };
}

/** All limits, those that are not given by default. */
export function completeLimits(given: BridgeLimits = {}): Required<BridgeLimits> {
  const limits = Object.fromEntries(
    Object.entries(RANGES).map(([name, [standard]]) => [name, standard]),
  ) as { -readonly [Name in keyof Required<BridgeLimits>]: number };
  for (const [name, value] of Object.entries(given)) {
    if (value === undefined) continue;
    limits[check(name)] = checkRange(name as keyof BridgeLimits, value);
  }
  return limits;
}

function check(name: string): keyof BridgeLimits {
  if (Object.hasOwn(RANGES, name)) return name as keyof BridgeLimits;
  throw wrong(name, `there is no such limit; there are ${Object.keys(RANGES).join(', ')}`);
}

function checkRange(name: keyof BridgeLimits, value: unknown): number {
  const [, least, most] = RANGES[name];
  if (Number.isInteger(value) && (value as number) >= least && (value as number) <= most) {
    return value as number;
  }
  throw wrong(name, `must be a whole number from ${least} to ${most}`);
}

function wrong(name: string, message: string): EngineError {
  const full = `the bridge's limit '${name}': ${message}`;
  return new EngineError('invalid-definition', full, `/bridge/limits/${name}`);
}
