import { EngineError, IsthmusError } from '../base/errors.js';
import { isPlainObject } from '../base/plain-object.js';
import { pointerTo, type Path } from '../base/path.js';

// What a recipe cannot do, and what to do instead.

/** `path` is where one was found in what a later reducer made. */
export function draftHasEnded(path: Path = []): EngineError {
  const what =
    'a draft was used after its reducer had ended: keep current(draft) or single values, not drafts';
  return new EngineError('disposed', what, pointerTo(path));
}

export function returnedAndModified(): IsthmusError {
  return new IsthmusError(
    'invalid-argument',
    'a reducer has changed its draft and returned another value: do one of both',
  );
}

export function asynchronous(): IsthmusError {
  return new IsthmusError(
    'invalid-argument',
    'a reducer returned a promise: reducers are synchronous; await first, then dispatch what came',
  );
}

export function notOnADraft(what: string, instead: string): IsthmusError {
  return new IsthmusError('invalid-argument', `${what} cannot be used on a draft: ${instead}`);
}

export function notADraft(call: string): IsthmusError {
  return new IsthmusError('invalid-argument', `${call} takes a draft; it was given something else`);
}

export function notData(what: string, path: Path): EngineError {
  return new EngineError('undecodable', what, pointerTo(path));
}

export function cycle(path: Path): EngineError {
  return new EngineError(
    'undecodable',
    'a part of the state cannot contain itself',
    pointerTo(path),
  );
}

export function foreignDraft(path: Path): EngineError {
  const what = 'a draft of another reducer that still runs: take current(draft)';
  return new EngineError('undecodable', what, pointerTo(path));
}

export function tooManyHoles(path: Path): EngineError {
  const what = 'an array would get more than a million elements without a value';
  return new EngineError('too-large', what, pointerTo(path));
}

/** Refuses what is neither plain data nor a container of it. */
export function assertData(value: unknown, path: Path): void {
  if (typeof value === 'number') {
    if (Number.isFinite(value)) return;
    throw notData(`${value} is not data: a state holds finite numbers only`, path);
  }
  if (typeof value === 'object' && value !== null) {
    if (Array.isArray(value) || isPlainObject(value)) return;
    throw notData(`a ${value.constructor?.name || 'class instance'} is not plain data`, path);
  }
  if (typeof value === 'function' || typeof value === 'symbol' || typeof value === 'bigint') {
    throw notData(`a ${typeof value} is not data`, path);
  }
}
