import type { SharedStore } from 'isthmus';
import { localStorageAdapter, persistLog, type LogPersistence } from 'isthmus/storage';

let kept: LogPersistence | undefined;

/**
 * From now on all that converges is there again when every tab was closed: user, tenant, cart and profile, no
 * token. Called in the task that joins the store, so that nobody has seen another state.
 */
export function keepLog(store: SharedStore): void {
  kept = persistLog({ store, storage: localStorageAdapter() });
}

/** What a logout asks of each tab: neither its log nor the storage keeps what came before. */
export async function forgetPast(store: SharedStore): Promise<void> {
  const { log } = store.bridge;
  await log.settled();
  log.forget();
  await kept?.clear();
}
