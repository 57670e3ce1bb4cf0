import type { Finding } from '../finding.js';
import type { Inputs } from '../inputs.js';

/** For machines: { repos, builds, bareBuilds, engines, served, findings }. */
export function jsonReport(
  findings: readonly Finding[],
  { repos, builds, bareBuilds, engines, served }: Inputs,
): string {
  const report = {
    repos: repos.map(({ name, file, manager, installed }) => {
      return { name, file, manager, versions: Object.fromEntries(installed.own) };
    }),
    builds: builds.map(({ name, file }) => ({ name, file })),
    bareBuilds,
    engines: engines.map(({ app, file, found }) => ({ app, file, found: found.kind })),
    served: served.map(({ app, url, status }) => ({ app, url, status })),
    findings,
  };
  return `${JSON.stringify(report, undefined, 2)}\n`;
}
