/**
 * The work that is measured: `change` dispatches, the store calls the one listener that `listen` has
 * added, and that one reads the changed value back.
 */
export function changing(change, listen, read) {
  let seen;
  listen(() => {
    seen = read();
  });
  return () => {
    change();
    return seen;
  };
}

/** `changing`, for a store that tells its subscribers of every change. */
export function subscribed(store, change, select) {
  return changing(change, store.subscribe, () => select(store.getState()));
}
