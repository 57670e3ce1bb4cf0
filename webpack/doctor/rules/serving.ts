import type { Finding, Severity } from '../finding.js';
import type { Served } from '../inputs.js';

/** A remoteEntry.js that a cache keeps pins its users to an old build. */
export function checkServing(served: readonly Served[]): Finding[] {
  return served.flatMap((file) => {
    return file.status === 200 && !file.isPage ? checkHeaders(file) : [absent(file)];
  });
}

function absent(file: Served): Finding {
  const message = file.isPage
    ? 'the server answers with a page, as it may for every address without a file'
    : `the server answers ${file.status}`;
  return about(file, 'error', message, 'publish remoteEntry.js and isthmus-manifest.json here');
}

function checkHeaders(file: Served): Finding[] {
  const { headers } = file;
  const findings: Finding[] = [];
  if (!revalidates(headers['cache-control'] ?? '')) {
    const has = headers['cache-control'] ?? 'none, so that browsers guess';
    const message = `Cache-Control does not make browsers ask for a new build: ${has}`;
    findings.push(about(file, 'error', message, "serve it with 'Cache-Control: no-cache'"));
  }
  if (headers['access-control-allow-origin'] === undefined) {
    const message =
      'no Access-Control-Allow-Origin: a host on another origin cannot fetch the wasm beside it';
    const fix =
      "serve the build's files with 'Access-Control-Allow-Origin: *' or the host's origin";
    findings.push(about(file, 'warning', message, fix));
  }
  return findings;
}

function revalidates(cacheControl: string): boolean {
  const directives = cacheControl
    .toLowerCase()
    .split(',')
    .map((each) => each.trim());
  return ['no-cache', 'no-store', 'max-age=0'].some((each) => directives.includes(each));
}

function about({ app, url }: Served, severity: Severity, message: string, fix: string): Finding {
  return { severity, rule: 'serving', app, file: url, message, fix };
}
