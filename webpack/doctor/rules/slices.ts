import type { Finding } from '../finding.js';
import type { Build } from '../inputs.js';

/** A key belongs to one app. */
export function checkSlices(builds: readonly Build[]): Finding[] {
  const owners = new Map<string, Build>();
  const findings: Finding[] = [];
  for (const build of builds) {
    for (const { key, native } of build.manifest.slices) {
      const owner = owners.get(key);
      if (owner === undefined) owners.set(key, build);
      else if (owner.name !== build.name) findings.push(taken(key, owner, build, native));
    }
  }
  return findings;
}

/** Several apps may hold the very same JS slice, such as an RTK Query api that they share. */
function taken(key: string, owner: Build, { name, file }: Build, isNative: boolean): Finding {
  const message = `the slice '${key}' belongs to '${owner.name}' (${owner.file}) and to '${name}': whoever injects it second gets an error`;
  const fix = isNative
    ? `rename one of the two, or let '${name}' read the slice of '${owner.name}'`
    : `rename one of the two, unless both import the very same slice from a shared module`;
  return {
    severity: isNative ? 'error' : 'warning',
    rule: 'slices',
    app: name,
    file,
    message,
    fix,
  };
}
