import { relative } from 'node:path';
import type { Finding, Severity } from '../finding.js';

const COMMANDS: Record<Severity, string> = { error: 'error', warning: 'warning', note: 'notice' };

/**
 * Workflow commands, which GitHub shows as annotations:
 * https://docs.github.com/actions/reference/workflow-commands-for-github-actions
 */
export function githubReport(findings: readonly Finding[]): string {
  return findings.map((finding) => `${command(finding)}\n`).join('');
}

function command({ severity, rule, app, message, fix, file }: Finding): string {
  const isLocal = file !== undefined && !file.includes('://');
  const properties = [
    ...(isLocal ? [`file=${property(relative(process.cwd(), file))}`] : []),
    `title=${property(`isthmus doctor: ${rule}`)}`,
  ];
  const text = [`${app}: ${message}`, ...(fix === undefined ? [] : [`fix: ${fix}`])].join('\n');
  return `::${COMMANDS[severity]} ${properties.join(',')}::${data(text)}`;
}

function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
