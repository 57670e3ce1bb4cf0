import type { EngineAction } from './action.js';
import type { Decoder } from './codec/decoder.js';

/** A place in the log's line: how many entries stand before, that one included. */
export type Place = number;

/** What happens at a place: an action, or that a slice begins, at its seed or at its initial state. */
export type ReplayStep =
  | { readonly place: Place; readonly action: EngineAction }
  | { readonly place: Place; readonly slice: string; readonly isInitial: boolean };

/** A slice's state from which its history begins anew. */
export interface ReplayStart {
  readonly slice: string;
  readonly since: Place;
  readonly state: unknown;
}

/** How the line was changed, for the slices whose states JavaScript holds: after `kept` it is `steps`. */
export interface Replay {
  /** What was before it is not asked for any more. */
  readonly base: Place;
  readonly kept: Place;
  readonly starts: readonly ReplayStart[];
  readonly steps: readonly ReplayStep[];
}

/** As bindings/crossing/log.cpp writes it; undefined where there is nothing to play. */
export function readReplay(answer: Decoder): Replay | undefined {
  if (answer.varint() === 0) return undefined;
  const base = answer.float64();
  const kept = answer.float64();
  const starts = listOf(answer, () => ({
    slice: answer.text(),
    since: answer.float64(),
    state: answer.value(),
  }));
  return { base, kept, starts, steps: listOf(answer, () => readStep(answer)) };
}

function readStep(answer: Decoder): ReplayStep {
  const place = answer.float64();
  if (answer.varint() === 0) return { place, action: answer.value() as EngineAction };
  return { place, slice: answer.text(), isInitial: answer.varint() === 1 };
}

/** What is read as often as stands before it. */
export function listOf<T>(answer: Decoder, readOne: () => T): T[] {
  const list: T[] = [];
  for (let left = answer.varint(); left > 0; left--) list.push(readOne());
  return list;
}
