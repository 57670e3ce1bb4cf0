import { combineReducers as checkedCombination, type Action, type Reducer } from 'redux';

type Slices = Record<string, unknown>;

/**
 * Redux's `combineReducers`, quicker with many slices: while a state is the one that this combination has
 * made last, its slices are at hand side by side, and only what has changed is written into a copy. For any
 * other state, and for whatever deserves a warning or an error, Redux's own combination speaks.
 *
 * @example
 * ```ts
 * import { defineSlice, loadEngine } from 'isthmus';
 * import { inc } from 'isthmus/program';
 * import { combineReducers, createStore } from 'isthmus/redux';
 *
 * const cart = defineSlice({ name: 'cart', initialState: { count: 0 }, reducers: { add: [inc('/count')] } });
 * const user = (name: string = 'Ada') => name;
 * await loadEngine();
 * const store = createStore(combineReducers({ cart: cart.reducer, user }));
 * store.dispatch(cart.actions.add());
 * ```
 */
export const combineReducers = ((reducers: Record<string, Reducer>): Reducer => {
  const combination = checkedCombination(reducers) as Reducer<Slices>;
  const keys = Object.keys(reducers).filter((key) => typeof reducers[key] === 'function');
  const functions = keys.map((key) => reducers[key]!);
  // Assigning to `__proto__` is not writing a member, and a combination of nothing warns each time.
  if (keys.length === 0 || keys.includes('__proto__')) return combination;
  return keys.length === 1
    ? combinationOfOne(combination, keys[0]!, functions[0]!)
    : quickCombination(combination, keys, functions);
}) as typeof checkedCombination;

function combinationOfOne(
  combination: Reducer<Slices>,
  key: string,
  reducer: Reducer,
): Reducer<Slices> {
  let known: Slices | undefined;
  let value: unknown;

  return (state: Slices | undefined, action: Action): Slices => {
    let root: Slices;
    if (state !== undefined && state === known) {
      const before = value; // the reducer may call this very combination
      const next: unknown = reducer(before, action);
      if (next === before) return state;
      if (next === undefined) return combination(state, action);
      root = { [key]: next };
    } else {
      root = combination(state, action);
      if (!isOfKeys(root, [key])) return root;
    }
    value = root[key];
    return (known = root);
  };
}

function quickCombination(
  combination: Reducer<Slices>,
  keys: readonly string[],
  reducers: readonly Reducer[],
): Reducer<Slices> {
  let known: Slices | undefined;
  let values: readonly unknown[] = [];

  const learn = (root: Slices): Slices => {
    if (root === known || !isOfKeys(root, keys)) return root;
    known = root;
    values = keys.map((key) => root[key]);
    return root;
  };

  return (state: Slices | undefined, action: Action): Slices => {
    if (state === undefined || state !== known) return learn(combination(state, action));
    const before = values;
    let root: Slices | undefined;
    let after: unknown[] | undefined;
    for (let i = 0; i < reducers.length; i++) {
      const next: unknown = reducers[i]!(before[i], action);
      if (next === before[i]) continue;
      if (next === undefined) return combination(state, action);
      root ??= { ...state };
      after ??= before.slice();
      root[keys[i]!] = after[i] = next;
    }
    if (root === undefined) return state;
    known = root;
    values = after!;
    return root;
  };
}

/** Whether a copy of the root is what Redux would build anew: these keys alone, in this order. */
function isOfKeys(root: Slices, keys: readonly string[]): boolean {
  if (Object.getPrototypeOf(root) !== Object.prototype) return false;
  const own = Reflect.ownKeys(root);
  return own.length === keys.length && keys.every((key, i) => key === own[i]);
}
