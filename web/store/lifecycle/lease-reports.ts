// What an app did with a slice that was no error, but not what it meant, either.

export function reportIdleDispose(owner: string, key: string, holder: string | undefined): void {
  const now = holder === undefined || holder === owner ? '' : ` It now belongs to '${holder}'.`;
  warn(
    `the lease of '${owner}' on '${key}' was given back before, by dispose() or leave(): disposing of it again does nothing.${now}`,
  );
}

export function reportReplaced(owner: string, key: string): void {
  warn(
    `'${owner}' injected another version of its slice '${key}', which replaces the first one and keeps the state. If they are two slices, rename one of them; else define the slice once, and for hot reload call lease.replace(slice).`,
  );
}

export function reportNotRegistered(key: string, owner: string | undefined): void {
  const why = owner === undefined ? 'nothing is registered there' : `it belongs to '${owner}'`;
  warn(`unregisterReducer('${key}') does nothing: ${why}.`);
}

function warn(text: string): void {
  console.warn(`isthmus: ${text}`);
}
