// What an app did with a slice that was no error, but not what it meant, either.

export function reportIdleDispose(owner: string, key: string, holder: string | undefined): void {
  const now =
    holder === undefined || holder === owner ? '' : ` '${key}' now belongs to '${holder}'.`;
  console.warn(
    `isthmus: the lease of '${owner}' on '${key}' was given back before, by dispose() or leave(); disposing of it again does nothing.${now}`,
  );
}

export function reportReplaced(owner: string, key: string): void {
  console.warn(
    `isthmus: '${owner}' injected another version of its slice '${key}', which replaces the first one and keeps the state. If that is meant, as by hot reload, say so by lease.replace(slice); if not, define the slice once, outside of components.`,
  );
}

export function reportNotRegistered(key: string, owner: string | undefined): void {
  const why = owner === undefined ? 'nothing is registered there' : `it belongs to '${owner}'`;
  console.warn(`isthmus: unregisterReducer('${key}') does nothing, since ${why}.`);
}
