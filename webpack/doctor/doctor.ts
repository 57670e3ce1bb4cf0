import { parseArgs } from 'node:util';

import { examine } from './examine.js';
import type { Finding } from './finding.js';
import { type Inputs } from './inputs.js';
import { readInputs } from './read-inputs.js';
import { githubReport } from './reports/github.js';
import { jsonReport } from './reports/json.js';
import { textReport } from './reports/text.js';
import { UnreadableInput } from './unreadable-input.js';

export const USAGE = `Usage: isthmus doctor [options] <folder | manifest | address> ...

Compares what will run together on one page:
  folder    a repository: its lock file, and its builds with isthmus
  manifest  an isthmus-manifest.json, or a file with what describeContracts() gives
  address   of a served remoteEntry.js or isthmus-manifest.json, or of the site that has
            them (http, https); the first one is taken for the page that uses the others

Options:
  --json                one JSON document
  --github              annotations for GitHub Actions
  --warnings-as-errors  warnings fail, too
  --help

Exit codes: 0 healthy, 1 faults, 2 wrong usage or something that cannot be read
`;

const options = {
  json: { type: 'boolean' },
  github: { type: 'boolean' },
  'warnings-as-errors': { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;

interface Wishes {
  readonly json?: boolean;
  readonly github?: boolean;
  readonly 'warnings-as-errors'?: boolean;
}

/** Runs the command and gives its exit code. */
export async function doctor(args: readonly string[]): Promise<number> {
  try {
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
    if (values.help === true) return print(USAGE, 0);
    if (positionals.length === 0) return complain(`Nothing to look at.\n\n${USAGE}`);
    const inputs = await readInputs(positionals);
    const findings = examine(inputs);
    return print(report(findings, inputs, values), exitCode(findings, values));
  } catch (error) {
    if (error instanceof UnreadableInput) return complain(`isthmus doctor: ${error.message}\n`);
    if (isUsageError(error)) return complain(`${error.message}\n\n${USAGE}`);
    throw error;
  }
}

function report(findings: readonly Finding[], inputs: Inputs, { json, github }: Wishes): string {
  if (json === true) return jsonReport(findings, inputs);
  return github === true ? githubReport(findings) : textReport(findings, inputs);
}

function exitCode(findings: readonly Finding[], wishes: Wishes): number {
  const fails = wishes['warnings-as-errors'] === true ? ['error', 'warning'] : ['error'];
  return findings.some(({ severity }) => fails.includes(severity)) ? 1 : 0;
}

function isUsageError(error: unknown): error is Error {
  return String((error as { code?: unknown }).code).startsWith('ERR_PARSE_ARGS');
}

function print(text: string, code: number): number {
  process.stdout.write(text);
  return code;
}

function complain(text: string): number {
  process.stderr.write(text);
  return 2;
}
