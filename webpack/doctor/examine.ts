import type { Finding, Severity } from './finding.js';
import type { Inputs } from './inputs.js';
import { checkBareBuilds } from './rules/bare-builds.js';
import { checkContracts } from './rules/contracts.js';
import { checkEngines } from './rules/engines.js';
import { checkPeers } from './rules/peers.js';
import { checkServing } from './rules/serving.js';
import { checkShared } from './rules/shared.js';
import { checkSlices } from './rules/slices.js';
import { checkVersions } from './rules/versions.js';

const ORDER: readonly Severity[] = ['error', 'warning', 'note'];

/** All findings, the worst first. */
export function examine({ repos, builds, bareBuilds, engines, served }: Inputs): Finding[] {
  const findings = [
    ...checkVersions(repos),
    ...checkPeers(repos, builds),
    ...checkShared(builds),
    ...checkSlices(builds),
    ...checkContracts(builds),
    ...checkBareBuilds(bareBuilds),
    ...checkEngines(engines),
    ...checkServing(served),
  ];
  return findings.sort((a, b) => ORDER.indexOf(a.severity) - ORDER.indexOf(b.severity));
}
