import type { Rebase } from '../api/log.js';
import type { Decoder } from './codec/decoder.js';
import type { LogOutcome } from './log-outcome.js';
import { listOf, type Place } from './log-replay.js';

const CAUSES = ['order', 'fork', 'snapshot'] as const;
const LOCKS = ['none', 'request', 'steal', 'release'] as const;
const NEWS = ['lost', 'fork', 'clock', 'early', 'diverged', 'release'] as const;
const USES = ['snapshot', 'slice', 'seed', 'digests'] as const;

/** What listeners are to hear. */
export interface LogNews {
  readonly kind: 'lost' | 'fork' | 'clock' | 'early' | 'diverged' | 'release';
  readonly sender: string;
  /** By name in the log. */
  readonly slice: string;
  readonly from: number;
  readonly to: number;
  readonly count: number;
}

export interface EngineLogOutcome extends LogOutcome {
  /** Whether the states of converging slices are to be shown anew: {@link EngineLog.prepareShown}. */
  readonly isMoved: boolean;
  /** Entries that are not settled. */
  readonly unsettled: number;
  readonly news: readonly LogNews[];
  /** States that are asked for, each at a place: {@link EngineLog.giveStates}. */
  readonly wishes: readonly StateWish[];
  /** States of other releases: {@link EngineLog.carry}. */
  readonly elders: readonly GivenState[];
  /** Slices, by name in the log, that may yet get the state of all. */
  readonly waiting: readonly string[];
  /** What the store has committed of other orders; of JavaScript's slices nothing is known here. */
  readonly rebases: readonly Rebase[];
}

/** What a state is asked for: a `seed` is what its slice begins with from now on, `digests` are of small ones. */
export type StateUse = (typeof USES)[number];

export interface StateWish {
  readonly slice: string;
  readonly place: Place;
  readonly use: StateUse;
}

export interface GivenState {
  readonly slice: string;
  readonly place: Place;
  readonly state: unknown;
}

/** What a storage keeps of a log. */
export interface Recording {
  /** As plain data. */
  readonly record: unknown;
  /**
   * Whether it has all that is not settled. One that was not to be whole leaves out what no reducer here takes,
   * beyond 64 kB: a flood of it is not to be written again and again, and is mostly settled by the next time.
   */
  readonly isWhole: boolean;
}

/** As bindings/crossing/log_answers.h has it; `isMore`: whether it is a long one. */
export function readOutcome(answer: Decoder, isMore: boolean): EngineLogOutcome {
  const [deadline, unsettled] = [answer.float64(), answer.varint()];
  return isMore ? readMore(answer, deadline, unsettled) : quiet(deadline, unsettled);
}

const NONE: readonly never[] = [];

/** Of nearly every own action and envelope; by hand, since a spread would cost more than the call. */
function quiet(deadline: number, unsettled: number): EngineLogOutcome {
  return {
    deadline,
    unsettled,
    lock: 'none',
    isJoining: false,
    isMoved: false,
    frames: NONE,
    news: NONE,
    wishes: NONE,
    elders: NONE,
    waiting: NONE,
    rebases: NONE,
  };
}

function readMore(answer: Decoder, deadline: number, unsettled: number): EngineLogOutcome {
  return {
    deadline,
    unsettled,
    lock: LOCKS[answer.varint()]!,
    isJoining: answer.varint() === 1,
    isMoved: answer.varint() === 1,
    frames: listOf(answer, () => answer.bytes()),
    news: listOf(answer, () => readNews(answer)),
    wishes: listOf(answer, () => readWish(answer)),
    elders: listOf(answer, () => readElder(answer)),
    waiting: listOf(answer, () => answer.text()),
    rebases: listOf(answer, () => readRebase(answer)),
  };
}

export function readWish(answer: Decoder): StateWish {
  return { slice: answer.text(), place: answer.float64(), use: USES[answer.varint()]! };
}

function readElder(answer: Decoder): GivenState {
  return { slice: answer.text(), place: answer.float64(), state: answer.value() };
}

function readRebase(answer: Decoder): Rebase {
  return {
    moved: answer.float64(),
    cause: CAUSES[answer.varint()]!,
    slices: listOf(answer, () => answer.text()),
    refused: listOf(answer, () => answer.text()),
  };
}

function readNews(answer: Decoder): LogNews {
  const kind = NEWS[answer.varint()]!;
  const [sender, slice] = [answer.text(), answer.text()];
  const [from, to] = [answer.float64(), answer.float64()];
  return { kind, sender, slice, from, to, count: answer.float64() };
}
