import { EngineError } from '../base/errors.js';

/** What cannot be asked for again, as a message or an action that crosses: what the engine failed at is tried once more. */
export function twice<T>(run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof EngineError) || error.code !== 'engine-failed') throw error;
    return run();
  }
}
