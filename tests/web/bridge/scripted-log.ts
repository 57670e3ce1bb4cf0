import type { Transport, TransportLockRequest, TransportLocks } from 'isthmus';
import { LogCarrier, type LogCarrierOptions } from '../../../web/bridge/log-carrier.js';
import type { LogCalls, LogOutcome } from '../../../web/engine/log-outcome.js';

export const nothing: LogOutcome = {
  frames: [],
  lock: 'none',
  deadline: Infinity,
  isJoining: false,
};

/** What a log answers, by the name of the call; nothing is to be done by default. */
export type Script = Partial<Record<keyof LogCalls, () => Partial<LogOutcome>>>;

/** A log that does as a test says, and writes down what it was told, without the times. */
export function scriptedLog(script: Script = {}) {
  const told: unknown[][] = [];
  const times: number[] = [];
  const call =
    (name: keyof LogCalls) =>
    (now: number, ...args: unknown[]): LogOutcome => {
      told.push([name, ...args]);
      times.push(now);
      return { ...nothing, ...script[name]?.() };
    };
  const calls: LogCalls = {
    start: call('start'),
    tick: call('tick'),
    receive: call('receive'),
    wake: call('wake'),
    sleep: call('sleep'),
    leave: call('leave'),
    setHidden: call('setHidden'),
    lockGranted: call('lockGranted'),
    lockLost: call('lockLost'),
  };
  return { calls, told, times, script };
}

export const frame = (...bytes: number[]) => Uint8Array.from(bytes);

/** A transport that writes down what becomes of it, and brings what the test says. */
export function wire(members: Partial<Transport> = {}) {
  const events: unknown[] = [];
  let listener: (message: unknown) => void = () => undefined;
  const open = (channel: string): Transport => {
    events.push(`open ${channel}`);
    return {
      carriesBytes: true,
      post: (message) => void events.push(message),
      onMessage: (heard) => void (listener = heard),
      close: () => void events.push('close'),
      ...members,
    };
  };
  return { open, events, bring: (message: unknown) => listener(message) };
}

/** Locks whose answers the test gives. */
export function scriptedLocks(events: unknown[] = []) {
  const requests: TransportLockRequest[] = [];
  const questions: ((names: readonly string[] | undefined) => void)[] = [];
  const locks: TransportLocks = {
    held: (tell) => void questions.push(tell),
    request: (name, request) => {
      requests.push(request);
      events.push(`${request.steal === true ? 'steal' : 'request'} ${name}`);
      return () => void events.push(`release ${name}`);
    },
  };
  return { locks, requests, questions };
}

const carriers: LogCarrier[] = [];

/** A carrier of a scripted log on a wire, without locks unless the test gives some. */
export function carry(
  options: Partial<LogCarrierOptions> & Pick<LogCarrierOptions, 'open' | 'calls'>,
) {
  const outcomes: LogOutcome[] = [];
  const carrier = new LogCarrier({
    id: 'me',
    channel: 'shop',
    locks: false,
    unsettled: () => 0,
    onOutcome: (outcome) => outcomes.push(outcome),
    ...options,
  });
  carriers.push(carrier);
  return { carrier, outcomes };
}

export function disposeAll(): void {
  carriers.splice(0).forEach((carrier) => carrier.dispose());
}
