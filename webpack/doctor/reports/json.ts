import type { Finding } from '../finding.js';
import type { Inputs } from '../inputs.js';

/** For machines: { repos, builds, served, findings }. */
export function jsonReport(
  findings: readonly Finding[],
  { repos, builds, served }: Inputs,
): string {
  const report = {
    repos: repos.map(({ name, file, manager, installed }) => {
      return { name, file, manager, versions: Object.fromEntries(installed.own) };
    }),
    builds: builds.map(({ name, file }) => ({ name, file })),
    served: served.map(({ app, url, status }) => ({ app, url, status })),
    findings,
  };
  return `${JSON.stringify(report, undefined, 2)}\n`;
}
