import type { SharedStore } from 'isthmus';
import type { RemoteName } from './remotes/load-remote';
import { getSlots, mountRemote, slotElement, unmountRemote } from './remotes/remote-slots';
import { observe } from './state/observers';

/** What the page offers to a console and to the end-to-end tests, as `window.isthmusDemo`. */
export interface DemoHandle {
  store: SharedStore;
  readonly mfIds: { host: string; cart?: string; profile?: string };
  observe: typeof observe;
  /** Unmounts and mounts a remote n times, each time until its slice is gone and is back. */
  cycleRemote(name: RemoteName, times: number): Promise<void>;
}

declare global {
  var isthmusDemo: DemoHandle;
}

export function exposeDemoHandle(store: SharedStore): void {
  globalThis.isthmusDemo = {
    store,
    get mfIds() {
      const { cart, profile } = getSlots();
      return { host: store.__mfId, cart: cart.mfId, profile: profile.mfId };
    },
    observe,
    cycleRemote: (name, times) => cycleRemote(store, name, times),
  };
}

async function cycleRemote(store: SharedStore, name: RemoteName, times: number): Promise<void> {
  for (let time = 0; time < times; time += 1) {
    unmountRemote(name);
    await until(() => !(name in store.getState()));
    await mountRemote(name);
    await until(() => slotElement(name).childElementCount > 0);
  }
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve));
}
