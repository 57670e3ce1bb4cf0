import type { Finding, Severity } from '../finding.js';
import type { Inputs } from '../inputs.js';
import { printable } from '../printable.js';

/** For people: one paragraph for each finding, and what was looked at. */
export function textReport(findings: readonly Finding[], inputs: Inputs): string {
  return [...findings.map(paragraph), closing(findings, inputs)].join('\n');
}

function paragraph({ severity, rule, app, message, fix, file }: Finding): string {
  const lines = [
    `${severity.padEnd(7)} ${app} (${rule}): ${message}`,
    ...(file === undefined ? [] : [`    in   ${file}`]),
    ...(fix === undefined ? [] : [`    fix  ${fix}`]),
  ];
  return lines.map((line) => `${printable(line)}\n`).join('');
}

function closing(findings: readonly Finding[], { repos, builds, served }: Inputs): string {
  const count = (severity: Severity) =>
    findings.filter((each) => each.severity === severity).length;
  const seen = `${repos.length} lock files, ${builds.length} builds, ${served.length} served entries`;
  const [errors, warnings, notes] = [count('error'), count('warning'), count('note')];
  return `${seen}: ${errors} errors, ${warnings} warnings, ${notes} notes\n`;
}
