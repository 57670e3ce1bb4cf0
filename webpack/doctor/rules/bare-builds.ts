import type { Finding } from '../finding.js';
import type { BareBuild } from '../inputs.js';

const FIX =
  'use IsthmusFederationPlugin of isthmus/webpack in its place; where something else applies it, add one with federation: false, and publish isthmus-manifest.json';

/** Without a manifest, what a build brings is not compared; a copy of isthmus beside the shared one is a fault. */
export function checkBareBuilds(builds: readonly BareBuild[]): Finding[] {
  return builds.map((build) => ({
    severity: build.holds === 'copy' ? 'error' : 'warning',
    rule: 'manifest',
    app: build.name,
    file: build.file,
    message: `there is no isthmus-manifest.json beside it, ${whatItHolds(build)}`,
    fix: FIX,
  }));
}

function whatItHolds({ holds, offers }: BareBuild): string {
  const compared = 'its shared block, slices and contracts were not compared';
  if (offers !== undefined) {
    const engine = holds === 'unknown' ? ', and where it has engine.wasm was not found' : '';
    return `and it shares isthmus ${offers} by another plugin than IsthmusFederationPlugin: ${compared}${engine}`;
  }
  switch (holds) {
    case 'share':
      return `and it takes isthmus from other builds: ${compared}`;
    case 'copy':
      return 'and it does not share the isthmus that its scripts bring: a copy with a store of its own';
    case 'nothing':
      return `and isthmus is neither shared nor in the scripts that it names: ${compared}`;
    case 'unknown':
      return `and its script does not tell whether it shares isthmus: ${compared}`;
  }
}
