import { onDuplicate, type Drop, type Duplicate, type SharedStore } from 'isthmus';

export interface Crossing {
  id: number;
  time: number;
  direction: 'in' | 'out';
  type: string;
}

export interface DropEntry extends Drop {
  id: number;
  time: number;
}

export interface Activity {
  crossings: readonly Crossing[];
  drops: readonly DropEntry[];
  duplicates: readonly Duplicate[];
}

const longest = 50;
/** What is shown may be so many milliseconds old: a flood of messages is no flood of renderings. */
const oldest = 50;
let activity: Activity = { crossings: [], drops: [], duplicates: [] };
let lastId = 0;
let timer: ReturnType<typeof setTimeout> | undefined;
const listeners = new Set<() => void>();

export function getActivity(): Activity {
  return activity;
}

export function subscribeActivity(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Keeps what crossed and what was dropped, newest first, and which copies of isthmus came too many. */
export function recordActivity(store: SharedStore): void {
  store.bridge.onCross(({ direction, action }) => {
    const crossing = { ...stamp(), direction, type: action.type };
    change({ ...activity, crossings: [crossing, ...activity.crossings].slice(0, longest) });
  });
  store.bridge.onDrop((drop) => {
    const entry = { ...stamp(), ...drop };
    change({ ...activity, drops: [entry, ...activity.drops].slice(0, longest) });
  });
  onDuplicate((duplicate) => {
    change({ ...activity, duplicates: [...activity.duplicates, duplicate] });
  });
}

function stamp(): { id: number; time: number } {
  lastId += 1;
  return { id: lastId, time: Date.now() };
}

function change(next: Activity): void {
  activity = next;
  timer ??= setTimeout(tell, oldest);
}

function tell(): void {
  timer = undefined;
  for (const listener of [...listeners]) listener();
}
