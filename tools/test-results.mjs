// What a part of the tests counted, and the names of what failed, read from its tool's report, and how it is shown.

import { relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { root } from './paths.mjs';

/**
 * Counts from what ctest prints when it is verbose: of tests that are files of doctest cases, the cases, of
 * the others themselves. ctest prints no closing line when there is no test.
 */
export function countCtest(output) {
  const match = /(\d+) tests failed out of (\d+)/.exec(output);
  if (!match) return { passed: 0, failed: 0, failures: [] };
  const [failed, total] = match.slice(1).map(Number);
  const counts = { passed: total - failed, failed, failures: failuresOfCtest(output) };
  for (const [, passed, failed] of output.matchAll(
    /\[doctest\] test cases:.*?(\d+) passed.*?(\d+) failed/g,
  )) {
    counts[failed === '0' ? 'passed' : 'failed'] -= 1;
    counts.passed += Number(passed);
    counts.failed += Number(failed);
  }
  return counts;
}

/** Those that ctest lists at its end, and doctest's cases with an error, by their headings. */
function failuresOfCtest(output) {
  const names = new Set();
  const headings = new Map();
  for (const line of output.split('\n')) {
    const [, test, said] = /^(\d+): (.*)$/.exec(line) ?? [];
    const heading = /^TEST CASE: +(.+)$/.exec(said);
    if (heading) headings.set(test, heading[1]);
    else if (/ ERROR: /.test(said) && headings.has(test)) names.add(headings.get(test));
    const listed = /^\t *\d+ - (.+) \(.+\)$/.exec(line);
    if (listed) names.add(listed[1]);
  }
  return [...names];
}

/** Counts from vitest's JSON report. */
export function countVitest({ numPassedTests, numFailedTests, testResults }) {
  return {
    passed: numPassedTests,
    failed: numFailedTests,
    failures: testResults.flatMap(failuresOfFile),
  };
}

/** Of a file that did not load it has the reason, and no test. */
function failuresOfFile({ name, status, message, assertionResults }) {
  const failed = assertionResults.filter((result) => result.status === 'failed');
  const file = relative(root, name);
  if (failed.length === 0 && status === 'failed') return [failure(file, message)];
  return failed.map((result) =>
    failure(`${file} › ${result.fullName}`, result.failureMessages.join('\n')),
  );
}

/** Counts from Playwright's JSON report; a flaky test is a failed one. */
export function countPlaywright({ stats, suites, errors = [] }) {
  return {
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky,
    failures: [
      ...errors.map(({ message }) => failure('', message)),
      ...suites.flatMap(failuresOfSuite),
    ],
  };
}

function failuresOfSuite({ suites = [], specs = [] }) {
  const own = specs.flatMap(({ file, title, tests }) =>
    tests
      .filter(({ status }) => status === 'unexpected' || status === 'flaky')
      .map(({ results }) =>
        failure(`${file} › ${title}`, results.map(({ error }) => error?.message ?? '').join('\n')),
      ),
  );
  return [...own, ...suites.flatMap(failuresOfSuite)];
}

/** The name, and of the message the first line that says something. */
function failure(name, message = '') {
  const lines = stripVTControlCharacters(message).split('\n');
  const said = lines.find((line) => line.trim() !== '')?.trim() ?? '';
  return [name, said].filter((part) => part !== '').join(': ');
}

/** A tool that ended badly without a failed test, such as a file that does not load, has failed. */
export function withExitCode({ failed, ...counts }, code) {
  return { ...counts, failed: code !== 0 && failed === 0 ? 1 : failed };
}

/** The last lines that are printed: what failed, the table, and `N passed, N failed`. */
export function closing(results) {
  const failures = results.flatMap(({ name, failures = [] }) =>
    failures.map((each) => `${name}: ${each}`),
  );
  const list = failures.length === 0 ? [] : [['Failed:', ...failures].join('\n')];
  return [...list, table(results), closingLine(results)].join('\n\n');
}

function table(results) {
  const rows = results.map(({ name, passed, failed, seconds }) => [
    name.padEnd(10),
    String(passed).padStart(7),
    String(failed).padStart(7),
    seconds.toFixed(1).padStart(8),
  ]);
  const header = ['part'.padEnd(10), ' passed', ' failed', ' seconds'];
  return [header, ...rows].map((row) => row.join('')).join('\n');
}

function closingLine(results) {
  const sum = (key) => results.reduce((total, result) => total + result[key], 0);
  return `${sum('passed')} passed, ${sum('failed')} failed`;
}
