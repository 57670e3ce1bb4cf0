import { EngineError } from '../base/errors.js';

/**
 * A channel of plain actions `{ type, payload, meta? }`, as hand-written bridges post them: Isthmus takes
 * them in, and posts there what it posts on its own channel, so that apps can move over one by one. What
 * comes in is checked as on the main channel. `never` parts do not leave here either.
 *
 * A plain action does not say which store sent it, when, or as which message. So
 * - it counts as from any store that the contract's `from` lists, and `to` binds only stores of Isthmus;
 * - nothing is found to be a duplicate, missing, `stale` or ahead in time, and the order between the two
 *   channels is that of arrival;
 * - bad messages are limited for the channel as a whole, as if one sender sent them all.
 *
 * Isthmus' own stores hear each other on the main channel: the actions that they post here, marked with
 * `meta.origin: 'isthmus:<sender>:<seq>'`, are passed over without being counted, since each is counted
 * there. One that a hand-written bridge posts again is dropped as `echo`. A store that Isthmus connects
 * must not have a hand-written bridge too, or its actions are heard twice.
 *
 * @example
 * ```ts
 * import { joinSharedStore, loadEngine } from 'isthmus';
 *
 * await loadEngine();
 * joinSharedStore({
 *   app: 'host',
 *   bridge: { legacyChannel: { name: 'redux-bridge', schemaVersion: 1 } },
 * });
 * ```
 */
export interface LegacyChannel {
  /** What the hand-written bridges call it. */
  readonly name: string;
  /**
   * The newest version of payloads that is known there. Actions are posted in it, through the contract's
   * `downcast`, and say so in `meta.schemaVersion`; one that no casters carry to it is told to `onDrop` as
   * `version` and posted on the main channel alone. Types whose contract is older keep theirs. An action
   * that comes in without a `meta.schemaVersion` counts as of this version. By default actions are posted
   * in their contract's version, and those that name none are of version 1.
   */
  readonly schemaVersion?: number;
}

/** The largest number that the engine keeps as a contract's version. */
const LARGEST = 0xff_ff_ff_ff;

/** The legacy channel in full, if there is one. */
export function completeLegacy(
  given: string | LegacyChannel | undefined,
  mainChannel: string,
): LegacyChannel | undefined {
  if (given === undefined) return undefined;
  const { name, schemaVersion } = typeof given === 'string' ? { name: given } : (given ?? {});
  if (typeof name !== 'string' || name === '') {
    throw wrong('must be the name of a channel, or { name, schemaVersion? }', '');
  }
  if (name === mainChannel) {
    throw wrong(`'${name}' is the main channel too: give one of them another name`, '/name');
  }
  if (schemaVersion !== undefined && !isVersion(schemaVersion)) {
    throw wrong('schemaVersion must be a whole number, 1 or more', '/schemaVersion');
  }
  return { name, ...(schemaVersion !== undefined && { schemaVersion }) };
}

function isVersion(value: unknown): boolean {
  return Number.isInteger(value) && (value as number) >= 1 && (value as number) <= LARGEST;
}

function wrong(message: string, where: string): EngineError {
  const full = `the bridge's legacyChannel: ${message}`;
  return new EngineError('invalid-definition', full, `/bridge/legacyChannel${where}`);
}
