import type { LogEntry, LogInspection, SharedStore } from 'isthmus';

export interface ShownEntry extends LogEntry {
  /** The id of the tab that has dispatched it; empty for a slice's beginning. */
  author: string;
  /** Whether it was shown here at another place, or without one that now stands before it. */
  isRewound: boolean;
}

export interface LogView {
  log: LogInspection | undefined;
  /** Newest first. */
  entries: readonly ShownEntry[];
  /** How many entries were rewound here. */
  rewinds: number;
  /** The id of the tab that settles now; undefined while nothing is to be settled. */
  keeper: string | undefined;
}

/** What is settled changes no state and so calls nobody: it is looked for so often, in milliseconds. */
const interval = 250;
/** And at each change as well, unless that has taken so many milliseconds since: a flood is not followed. */
const most = 5;
const longest = 40;
const beginning = '@@isthmus/begin/';
const keeperLock = 'isthmus/isthmus/keeper';
const tabLock = 'isthmus/isthmus/replica/';

let view: LogView = { log: undefined, entries: [], rewinds: 0, keeper: undefined };
let rewinds = 0;
let spent = 0;
let order: readonly string[] = [];
let rewound: ReadonlySet<string> = new Set();
const listeners = new Set<() => void>();

export function getLogView(): LogView {
  return view;
}

export function subscribeLogView(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Looks at the log from now on. */
export function watchLog(store: SharedStore): void {
  const { log } = store.bridge;
  const noteNow = (): void => {
    if (spent > most) return;
    const start = performance.now();
    note(log.entries());
    spent += performance.now() - start;
  };
  log.onRebase(noteNow);
  store.subscribe(noteNow);
  setInterval(() => void look(store), interval);
  void look(store);
}

/** Keeps the order that was shown, and which entries stand behind one that was not there before. */
function note(entries: readonly LogEntry[]): void {
  const next = entries.map(({ id }) => id).reverse();
  const known = new Set(order);
  const kept = new Set(next);
  const before = order.filter((id) => kept.has(id));
  const first = next.findIndex((id, place) => id !== before[place]);
  const moved = first < 0 ? [] : next.slice(first).filter((id) => known.has(id));
  rewinds += moved.filter((id) => !rewound.has(id)).length;
  rewound = new Set([...rewound, ...moved].filter((id) => kept.has(id)));
  order = next;
}

/** The page that holds the keeper's lock, by the lock with which it says that it is there. */
async function findKeeper(): Promise<string | undefined> {
  const { held = [] } = await navigator.locks.query();
  const keeper = held.find(({ name }) => name === keeperLock);
  const ofSame = held.filter(({ clientId }) => clientId === keeper?.clientId);
  const named = ofSame.find(({ name }) => name?.startsWith(tabLock));
  return keeper && named?.name?.slice(tabLock.length);
}

async function look(store: SharedStore): Promise<void> {
  const keeper = await findKeeper();
  spent = 0;
  const entries = store.bridge.log.entries();
  note(entries);
  const shown = entries.filter(({ type }) => !type.startsWith(beginning)).slice(0, longest);
  view = {
    log: store.inspect().log,
    entries: shown.map((entry) => ({
      ...entry,
      author: entry.id.slice(0, entry.id.lastIndexOf(':')),
      isRewound: rewound.has(entry.id),
    })),
    rewinds,
    keeper,
  };
  for (const listener of [...listeners]) listener();
}
