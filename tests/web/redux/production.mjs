// Prints, as JSON, what a module (`redux` or `isthmus/redux`) throws and warns of, case by case.
// Run by contract-production.node.test.ts, which sets NODE_ENV.

const api = await import(process.argv[2]);
const { applyMiddleware, bindActionCreators, combineReducers, createStore } = api;

const count = (state = 0, { type }) => (type === 'up' ? state + 1 : state);
const enhancer = (next) => next;
const unknown = { type: 'unknown' };

/** Dispatches an action whose reducer makes a call into its store. */
function inReducer(call) {
  const store = createStore((state = 0, { type }) => {
    if (type === 'call') call(store, stop);
    return state;
  });
  const stop = store.subscribe(() => undefined);
  store.dispatch({ type: 'call' });
}

const early = applyMiddleware((own) => own.dispatch(unknown));
const loses = (state = 0, { type }) => (type === 'lose' ? undefined : state);
const fond = (state, { type }) => (/INIT/.test(type) ? 0 : state);
const observable = () => createStore(count)[Symbol.observable ?? '@@observable']();

const cases = {
  'several enhancers': () => createStore(count, enhancer, enhancer),
  'a wrong enhancer': () => createStore(count, {}, 7),
  'a wrong root reducer': () => createStore([]),
  'getState in a reducer': () => inReducer((store) => store.getState()),
  'a wrong listener': () => createStore(count).subscribe(new Map()),
  'subscribe in a reducer': () => inReducer((store) => store.subscribe(() => undefined)),
  'unsubscribe in a reducer': () => inReducer((_store, stop) => stop()),
  'an action that is no plain object': () => createStore(count).dispatch(new Map()),
  'an action without a type': () => createStore(count).dispatch({}),
  'dispatch in a reducer': () => inReducer((store) => store.dispatch(unknown)),
  'a wrong next reducer': () => createStore(count).replaceReducer(null),
  'a wrong observer': () => observable().subscribe(null),
  'no initial state': () => combineReducers({ none: () => undefined })({}, unknown),
  'no state for an unknown action': () => combineReducers({ fond })({}, unknown),
  'undefined for an action': () => combineReducers({ loses })({}, { type: 'lose' }),
  'undefined for a later action': () => {
    const reducer = combineReducers({ loses, count });
    return reducer(reducer(undefined, unknown), { type: 'lose' });
  },
  'dispatch while the middleware is made': () => createStore(count, early),
  'no action creators': () => bindActionCreators(7, (action) => action),
  'a type that is no text': () => createStore(count).dispatch({ type: 7 }),
  'a key without a reducer': () => combineReducers({ count, none: undefined })({}, unknown),
  'no reducers': () => combineReducers({})({}, unknown),
  'an unexpected key': () => combineReducers({ count })({ count: 1, other: 2 }, unknown),
  'a state that is no plain object': () => combineReducers({ count })([], unknown),
  'a state that changes': () => combineReducers({ count, loses })({ count: 1 }, { type: 'up' }),
};

const outcomes = {};
for (const [name, run] of Object.entries(cases)) {
  const warnings = [];
  console.error = (text) => warnings.push(text);
  try {
    outcomes[name] = { returned: run() ?? null, warnings };
  } catch ({ name: kind, message }) {
    outcomes[name] = { error: `${kind}: ${message}`, warnings };
  }
}
console.log(JSON.stringify(outcomes));
