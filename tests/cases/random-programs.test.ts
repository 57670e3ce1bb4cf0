// Random programs through wasm: a store and its watches, and a slice's reducer on old and new
// states, against the states that the native tests' interpreter on plain copies makes. As many
// steps as the environment's ISTHMUS_STEPS says; with a session's seed as ISTHMUS_SEED it comes first.

import {
  createIsolatedStore,
  defineSlice,
  loadEngine,
  ReducerError,
  type IsolatedStore,
} from 'isthmus';
import { beforeAll, it } from 'vitest';
import { demand, isWrite, OBSERVED } from './random-observed.js';
import { at, prepareSessions, randomSessions, spell } from './random-sessions.js';
import type { Session, Turn } from './random-sessions.js';

await loadEngine();
beforeAll(prepareSessions, 600_000);

const seed = Number(process.env.ISTHMUS_SEED ?? Date.now() % 2 ** 31);
const steps = Number(process.env.ISTHMUS_STEPS ?? 4_000);
const timeout = 180_000 + 10 * steps;

// The types of a definition come from its literals; these definitions are data.
const sliceOf = ({ definition }: Session) => defineSlice(definition as never) as unknown as Slice;
interface Slice {
  readonly reducer: (state: unknown, action: { type: string; payload: unknown }) => unknown;
}

const errorOf = (run: () => void): unknown => {
  try {
    run();
  } catch (error) {
    return error;
  }
  return undefined;
};

/** What each of the observed paths leads to, and how often its watch was called. */
class Observer {
  readonly #calls = OBSERVED.map(() => 0);
  #values: unknown[] = [];

  constructor(readonly store: IsolatedStore) {
    OBSERVED.forEach((path, i) => store.watch(path, () => void (this.#calls[i]! += 1)));
  }

  begin(): void {
    this.#calls.fill(0);
    this.#values = OBSERVED.map((path) => this.store.read(path));
  }

  /** Of each path: whether its value is another one now; each watch was called just for that. */
  moved(what: string): boolean[] {
    return OBSERVED.map((path, i) => {
      const isMoved = !Object.is(this.#values[i], this.store.read(path));
      demand(this.#calls[i] === (isMoved ? 1 : 0), `${what}: ${path.join('/')} was called`);
      return isMoved;
    });
  }
}

function dispatchAll(session: Session): void {
  const store = createIsolatedStore({ name: 'app', slices: [sliceOf(session) as never] });
  const observer = new Observer(store);
  let before: unknown = { random: session.definition.initialState };
  for (const turn of session.turns) {
    const what = `ISTHMUS_SEED=${session.seed} ${turn.type} ${JSON.stringify(turn.payload)}`;
    observer.begin();
    const root = store.getState();
    const error = errorOf(() => store.dispatch({ type: turn.type, payload: turn.payload }));
    const moved = observer.moved(what);
    if (turn.state === null) {
      demand(error instanceof ReducerError, `${what}: is not refused`);
      demand(store.getState() === root && !moved.includes(true), `${what}: the state moved`);
      continue;
    }
    demand(error === undefined, `${what}: ${String(error)}`);
    const after = { random: turn.state };
    demand(spell(store.getState()) === spell(after), `${what}: another state`);
    const isExact = isWrite(session.definition.reducers[turn.type.slice('random/'.length)]!);
    OBSERVED.forEach((path, i) => {
      const isEqual = spell(at(before, path)) === spell(at(after, path));
      const where = `${what}: ${path.join('/')}`;
      demand(isEqual || moved[i]!, `${where} differs and is the same reference`);
      demand(!isEqual || !moved[i] || !isExact, `${where} is equal and another reference`);
    });
    before = after;
  }
  store.dispose();
}

/** Each action twice: when its turn is, and again on its old state, once the session is over. */
function reduceAll(session: Session): void {
  const slice = sliceOf(session);
  const reduce = (state: unknown, turn: Turn): unknown => {
    const what = `ISTHMUS_SEED=${session.seed} ${turn.type} ${JSON.stringify(turn.payload)}`;
    let next = state;
    const error = errorOf(() => (next = slice.reducer(state, turn)));
    demand(error instanceof ReducerError === (turn.state === null), `${what}: ${String(error)}`);
    if (turn.state !== null) demand(spell(next) === spell(turn.state), `${what}: another state`);
    return next;
  };
  const states: unknown[] = [slice.reducer(undefined, { type: '@@init', payload: null })];
  for (const turn of session.turns) states.push(reduce(states.at(-1), turn));
  session.turns.forEach((turn, i) => reduce(states[i], turn));
}

async function each(count: number, size: 'small' | 'large', run: (session: Session) => void) {
  let done = 0;
  for await (const session of randomSessions(seed, count, size)) {
    run(session);
    done += session.steps;
  }
  demand(done >= count, `only ${done} steps of ${count}`);
}

it(
  `random programs make the same states, and watches see what changes (ISTHMUS_SEED=${seed})`,
  () => each(steps, 'small', dispatchAll),
  timeout,
);

it(
  `random programs do so on large tables, too (ISTHMUS_SEED=${seed})`,
  () => each(steps / 25, 'large', dispatchAll),
  timeout,
);

it(
  `a slice's reducer makes the same states, from old states, too (ISTHMUS_SEED=${seed})`,
  () => each(steps / 3, 'small', reduceAll),
  timeout,
);
