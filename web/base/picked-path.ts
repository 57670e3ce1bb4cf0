import type { Path } from './path.js';

/** Gives a part of a state, which it reaches by properties alone. */
export type Pick = (state: never) => unknown;

/** What an error says of a pick that does more. */
export const NO_PICK =
  'a pick only follows properties, such as (state) => state.items[0]?.qty, and gives what they lead to; ' +
  'what is computed (lengths, comparisons, calls, defaults) is for useSharedSelector, or for store.getState()';

const known = /* @__PURE__ */ new WeakMap<Pick, Path>();

/** The path that a pick follows from the state that it is given; undefined for one that does anything else. */
export function pickedPath(pick: Pick): Path | undefined {
  let path = known.get(pick);
  if (path === undefined) {
    path = record(pick);
    if (path !== undefined) known.set(pick, path);
  }
  return path;
}

function record(pick: Pick): Path | undefined {
  const recorder = new Recorder();
  try {
    const isPlace = pick(recorder.root as never) === recorder.last;
    return isPlace && hasNoDefault(pick, recorder.path) ? recorder.path : undefined;
  } catch (error) {
    if (error === recorder) return undefined;
    throw error;
  }
}

/** Of `state.items ?? []` the recorder sees only what stands before the default. */
function hasNoDefault(pick: Pick, path: Path): boolean {
  const state = path.reduceRight<unknown>((below, key) => ({ [key]: below }), undefined);
  return pick(state as never) === undefined;
}

/**
 * Stands for the state. Each place that is read is another proxy, and only the last one may be read: who goes
 * back to an earlier one reads two things. Whatever else is done with a place throws the recorder.
 */
class Recorder implements ProxyHandler<() => void> {
  readonly path: string[] = [];
  readonly root = this.#place();
  last = this.root;

  /** Of a function, so that a call is noticed. */
  #place(): object {
    return new Proxy(() => undefined, this);
  }

  get(_target: unknown, key: string | symbol, place: unknown): unknown {
    // Paths lead to no lengths in the engine's states.
    if (typeof key === 'symbol' || key === 'length' || place !== this.last) throw this;
    this.path.push(key);
    return (this.last = this.#place());
  }

  apply(): never {
    throw this;
  }

  has(): never {
    throw this;
  }

  ownKeys(): never {
    throw this;
  }

  getOwnPropertyDescriptor(): never {
    throw this;
  }

  defineProperty(): never {
    throw this;
  }

  deleteProperty(): never {
    throw this;
  }
}
