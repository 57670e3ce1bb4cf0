import {
  createIsolatedStore,
  type Action,
  type Contracts,
  type Drop,
  type IsolatedStore,
} from 'isthmus';
import { vi } from 'vitest';

/** A store that is given raw envelopes, and what it made of the last one. */
export interface CaseBridge {
  readonly store: IsolatedStore;
  /** `accepted` or why it was dropped. */
  receive(envelope: unknown): string;
  /** The action that was applied last. */
  applied(): { type: string; payload?: unknown } | undefined;
}

/** Its sender id is `sender`, a text of 32 hexadecimal digits. */
export function openCaseBridge(name: string, contract: Contracts, sender: string): CaseBridge {
  const drops: Drop[] = [];
  let receive: (message: unknown) => void = () => undefined;
  const transport = () => ({
    post: () => undefined,
    onMessage: (listener: (message: unknown) => void) => void (receive = listener),
    close: () => undefined,
  });
  const random = vi.spyOn(crypto, 'getRandomValues').mockImplementation((bytes) => {
    (bytes as unknown as Uint8Array).set(Buffer.from(sender, 'hex'));
    return bytes;
  });
  const bridge = { transport, onDrop: (drop: Drop) => void drops.push(drop) };
  const store = createIsolatedStore({ name, contract, bridge });
  random.mockRestore();
  let applied: Action | undefined;
  store.bridge.onCross(({ action }) => (applied = action));
  return {
    store,
    receive(envelope) {
      receive(envelope);
      return drops.pop()?.reason ?? 'accepted';
    },
    applied: () => applied,
  };
}
