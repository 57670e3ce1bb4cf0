import type { Gap, Rebase, SharedStore } from 'isthmus';
import type { LogPersistence } from 'isthmus/storage';

import { PackageSite } from './package-site.js';

/** What two tabs must not disagree about. */
export interface TabState {
  readonly total: { readonly sum: number; readonly last: string; readonly list: string[] };
  readonly chain?: { readonly count: number; readonly hash: number };
}

declare global {
  /** What a page of {@link ConvergeSite} offers. */
  var tab: {
    readonly store: SharedStore;
    /** Where its address names a storage. */
    readonly kept: LogPersistence;
    /** Adds one by each of these actions, and keeps their names in a list. */
    add(...ids: string[]): void;
    /** Later, when the clock says so, which several tabs can be told. */
    addAt(at: number, ids: readonly string[]): void;
    /** So many from now on, one each ten milliseconds. */
    keepAdding(prefix: string, actions: number): Promise<void>;
    /** Both slices begin anew in all tabs, and those of `?logout` keep nothing of the past. */
    logOut(): void;
    /** From now on the site knows its state, whatever becomes of the browser's driver. */
    tellAs(who: string): void;
    /** So many by actions of which only the last one's name is kept, some in each task. */
    count(prefix: string, actions: number): Promise<void>;
    state(): TabState;
    /** Resolves once the sum is that, whatever else is said of it. */
    whenSum(sum: number): Promise<void>;
    /** The sums that someone who renders slices that are ready has seen, a new one for each change. */
    readonly rendered: number[];
    readonly statuses: string[];
    readonly passed: Record<string, number>;
    readonly heard: { watch: number; subscribe: number; passed: number };
    readonly rebases: Rebase[];
    readonly gaps: Gap[];
    mostKept: number;
    hasReturned: boolean;
  };
}

const app = `
import { crossApp, defineSlice, joinSharedStore, loadEngine } from 'isthmus';
import { inc, payload, push, reset, set } from 'isthmus/program';
import * as isthmus from 'isthmus';
import * as storages from 'isthmus/storage';

const query = new URLSearchParams(location.search);
const isOld = query.has('previous');
// Of the app: another one has other reducers.
const release = Number(query.get('release') ?? 1);
await loadEngine();

const shape = {
  type: 'object', required: ['id'], properties: { id: { type: 'string' } }, additionalProperties: false,
};
const contract = { 'total/add': { payload: shape }, 'total/count': { payload: shape } };
const total = defineSlice({
  name: 'total',
  ...(!isOld && { converge: true }),
  initialState: { sum: 0, last: '', list: [] },
  reducers: {
    add: [inc('/sum', release), set('/last', payload('id')), push('/list', payload('id'))],
    count: [inc('/sum', 1), set('/last', payload('id'))],
  },
  on: { 'auth/logout': [reset()] },
  contract,
});
const chain = {
  key: 'chain',
  reducer: (state = { count: 0, hash: 0 }, { type, payload }) => {
    if (type === 'auth/logout') return { count: 0, hash: 0 };
    if (!type.startsWith('total/')) return state;
    let { count, hash } = state;
    for (const letter of payload.id) hash = (Math.imul(hash, 31) + letter.charCodeAt(0)) | 0;
    return { count: count + release, hash };
  },
};
const slices = [total];
if (query.get('slices') !== 'native') {
  slices.push(isOld ? chain : isthmus.converging(chain, { version: release, contract }));
}

const passed = {};
const heard = { watch: 0, subscribe: 0, passed: 0 };
const count = () => (next) => (action) => {
  heard.passed += 1;
  if (action.type.startsWith('total/')) {
    passed[action.payload.id] = (passed[action.payload.id] ?? 0) + 1;
  }
  return next(action);
};
const middleware = query.get('middleware') === 'none' ? [] : [count];
const statuses = [];
const rendered = [];
const joinRedux = async (options) => {
  const { applyMiddleware, combineReducers, compose, createStore, ...own } = await import('isthmus/redux');
  const enhancer = compose(own.isthmusEnhancer(options), applyMiddleware(own.isthmusMiddleware));
  return { store: createStore(combineReducers({ note: (state = '') => state }), enhancer) };
};
const join = query.get('store') === 'redux' ? joinRedux : joinSharedStore;
const { store } = await join({
  app: 'app', slices, middleware, contract: { 'auth/logout': {} },
});
const storage = query.get('storage');
const kept = storage && storages.persistLog({
  store,
  storage: storage === 'IndexedDB' ? storages.indexedDbAdapter() : storages.localStorageAdapter(),
});
const look = () => {
  const status = store.status('total');
  if (statuses.at(-1) !== status) statuses.push(status);
  const { sum } = store.read(['total']) ?? {};
  if (status === 'ready' && rendered.at(-1) !== sum) rendered.push(sum);
};
look();
store.onStatus(look);
store.watch(['total', 'sum'], look);
store.watch(['total', 'last'], () => (heard.watch += 1));
store.subscribe(() => (heard.subscribe += 1));
const [rebases, gaps] = [[], []];
store.bridge.log?.onRebase((rebase) => rebases.push(rebase));
store.bridge.onGap((gap) => gaps.push(gap));

if (query.has('logout')) {
  const { log, onCross } = store.bridge;
  onCross(async ({ action }) => {
    if (action.type !== 'auth/logout') return;
    await log.settled();
    log.forget();
    await kept?.clear();
  });
}

const mark = isOld ? crossApp : (action) => action;
const plain = (value) => JSON.parse(JSON.stringify(value));
globalThis.tab = {
  store, kept, rendered, statuses, passed, heard, rebases, gaps,
  hasReturned: false,
  mostKept: 0,
  add: (...ids) => ids.forEach((id) => store.dispatch(mark(total.actions.add({ id })))),
  addAt: (at, ids) => {
    setTimeout(() => {
      while (Date.now() < at);
      tab.add(...ids);
    }, at - Date.now() - 5);
  },
  keepAdding: async (prefix, actions) => {
    for (let i = 0; i < actions; i++) {
      tab.add(prefix + i);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  },
  logOut: () => store.dispatch(crossApp({ type: 'auth/logout' })),
  tellAs: (who) => {
    const tell = () => fetch('/told?' + new URLSearchParams({ who, what: JSON.stringify(tab.state()) }));
    setInterval(tell, 200);
  },
  count: async (prefix, actions) => {
    const { log } = store.bridge;
    for (let i = 0; i < actions; i++) {
      store.dispatch(mark(total.actions.count({ id: prefix + i })));
      if (i % 50 < 49) continue;
      tab.mostKept = Math.max(tab.mostKept, log.entries().length);
      await new Promise((resolve) => setTimeout(resolve));
    }
  },
  state: () => {
    const { total, chain } = store.getState();
    return plain({ total, ...(chain && { chain }) });
  },
  whenSum: (sum) => new Promise((resolve) => {
    const check = () => {
      if (store.read(['total', 'sum']) !== sum) return;
      stop();
      resolve();
    };
    const stop = store.watch(['total', 'sum'], check);
    check();
  }),
};
addEventListener('pageshow', ({ persisted }) => (tab.hasReturned = persisted));
`;

const first = `
if (new URLSearchParams(location.search).get('locks') === 'none') delete Navigator.prototype.locks;
`;

/** The origin of pages with a native slice that converges, and one with an ordinary reducer. */
export class ConvergeSite {
  private constructor(readonly site: PackageSite) {}

  /** `previous` is the folder of a release without converging slices. */
  static async open(previous?: string): Promise<ConvergeSite> {
    return new ConvergeSite(await PackageSite.open({ app, first, previous }));
  }

  url(query: Record<string, string> = {}): string {
    return this.site.url(query);
  }

  get elsewhere(): string {
    return this.site.elsewhere;
  }

  /** What tabs have told, the last of each. */
  get told(): TabState[] {
    return [...this.site.told.values()].map((text) => JSON.parse(text) as TabState);
  }

  close(): void {
    this.site.close();
  }
}
