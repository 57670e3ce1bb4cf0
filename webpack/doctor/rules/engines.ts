import type { Finding, Severity } from '../finding.js';
import type { EngineFile, EngineFound } from '../inputs.js';

type Verdict = Pick<Finding, 'message' | 'fix'> & { readonly severity?: Severity };

/** The plugin keeps the engine's file and its address, whatever the build does with others. */
const BUILD =
  'build it with IsthmusFederationPlugin of isthmus/webpack; where something else federates, with federation: false beside that';
const PUBLISH = 'publish all files of the build together, under the names that it gave them';

/**
 * Of equal versions webpack takes the isthmus of one build for the whole page, and of several the newest: that one's
 * engine.wasm has to be there and readable, or the page does not start.
 */
export function checkEngines(engines: readonly EngineFile[]): Finding[] {
  return engines.flatMap(({ app, file, found }): Finding[] => {
    const verdict = verdictOn(found);
    return verdict === undefined
      ? []
      : [{ severity: 'error', rule: 'engine', app, file, ...verdict }];
  });
}

function verdictOn(found: EngineFound): Verdict | undefined {
  switch (found.kind) {
    case 'wasm':
      return undefined;
    case 'status':
      return lost(`is not there (status ${found.status})`, PUBLISH);
    case 'no-answer':
      return lost('does not come: there is no answer from its address', PUBLISH);
    case 'page':
      return lost('is not there: a page is served in its place', PUBLISH);
    case 'other':
      return lost('is no wasm: a loader or the server has changed it', BUILD);
    case 'closed':
      return closed(found.origin, found.allowed);
    case 'in-files':
      return lost(
        `is no file of this build, whose script looks for it at a file: address of the machine that built it (module.parser.javascript.url is false)`,
        BUILD,
      );
    case 'nowhere':
      return lost(
        `is no file of this build: a rule for .wasm took it, and its script has no address of it`,
        BUILD,
      );
    case 'in-script':
      return {
        severity: 'warning',
        message:
          'a rule for .wasm put engine.wasm into a script as a data: address, which a page fetches only if its connect-src allows data:',
        fix: BUILD,
      };
  }
}

function lost(what: string, fix: string): Verdict {
  const message = `engine.wasm ${what}. A page that takes isthmus from this build may not start`;
  return { message, fix };
}

function closed(origin: string, allowed: string | undefined): Verdict {
  const has = allowed === undefined ? 'no Access-Control-Allow-Origin' : 'that of another origin';
  return {
    ...lost(`cannot be read by a page of ${origin} (${has})`, ''),
    fix: `serve it with 'Access-Control-Allow-Origin: *' or '${origin}'`,
  };
}
