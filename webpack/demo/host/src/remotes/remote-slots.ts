import { loadRemote, remoteEntries, type RemoteName } from './load-remote';

export type SlotStatus = 'unmounted' | 'loading' | 'mounted' | 'failed';

export interface Slot {
  status: SlotStatus;
  mfId?: string;
  origin?: string;
  error?: string;
}

export type Slots = Readonly<Record<RemoteName, Slot>>;

let slots: Slots = { cart: { status: 'unmounted' }, profile: { status: 'unmounted' } };
const elements = new Map<RemoteName, HTMLElement>();
const unmounts = new Map<RemoteName, () => void>();
const listeners = new Set<() => void>();

export function getSlots(): Slots {
  return slots;
}

export function subscribeSlots(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Tells where on the page a remote goes; undefined when that place is gone. */
export function placeRemote(name: RemoteName, element: HTMLElement | null): void {
  if (element) elements.set(name, element);
  else elements.delete(name);
}

export async function mountRemote(name: RemoteName): Promise<void> {
  const { status } = slots[name];
  if (status === 'mounted' || status === 'loading') return;
  update(name, { status: 'loading' });
  try {
    const { host: origin } = new URL((await remoteEntries())[name]);
    const app = await loadRemote(name);
    unmounts.set(name, app.mount(slotElement(name)));
    update(name, { status: 'mounted', mfId: app.mfId(), origin });
  } catch (error) {
    update(name, { status: 'failed', error: String(error) });
    throw error;
  }
}

export function unmountRemote(name: RemoteName): void {
  unmounts.get(name)?.();
  unmounts.delete(name);
  update(name, { ...slots[name], status: 'unmounted' });
}

export function slotElement(name: RemoteName): HTMLElement {
  const element = elements.get(name);
  if (!element) throw new Error(`The page has no place for the remote ${name}.`);
  return element;
}

function update(name: RemoteName, slot: Slot): void {
  slots = { ...slots, [name]: slot };
  for (const listener of [...listeners]) listener();
}
