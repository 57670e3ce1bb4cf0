import { parseSyml } from '@yarnpkg/parsers';
import { installed, type Installed, type Project } from './installed.js';

interface Entry {
  readonly name: string;
  readonly range: string;
  readonly version: string;
}

/** yarn.lock, of Yarn 1 and of the later ones. Which version a project gets follows from its ranges. */
export function readYarnLock(text: string, { ranges }: Project): Installed {
  const entries = Object.entries(parseSyml(text) as Record<string, { version?: unknown }>)
    .filter(([key]) => key !== '__metadata')
    .flatMap(([key, { version }]) => key.split(/,\s*/).map((one) => entry(one, String(version))));
  const own = Object.entries(ranges).map(([name, range]) => {
    const ofName = entries.filter((each) => each.name === name);
    const found = ofName.find((each) => each.range === withoutProtocol(range));
    return [name, (found ?? only(ofName))?.version] as const;
  });
  return installed(
    own,
    entries.map(({ name, version }) => [name, version]),
  );
}

/** Such as `redux@^5.0.0` and `"@reduxjs/toolkit@npm:^2.0.0"`. */
function entry(descriptor: string, version: string): Entry {
  const at = descriptor.indexOf('@', 1);
  return {
    name: descriptor.slice(0, at),
    range: withoutProtocol(descriptor.slice(at + 1)),
    version,
  };
}

function withoutProtocol(range: string): string {
  return range.replace(/^npm:/, '');
}

/** Ranges that a catalog or a resolution replaces are in no descriptor. */
function only(entries: readonly Entry[]): Entry | undefined {
  return entries.every(({ version }) => version === entries[0]!.version) ? entries[0] : undefined;
}
