// What a part of the tests counted, read from its tool's report, and how it is shown.

/**
 * Counts from what ctest prints when it is verbose: of tests that are files of doctest cases, the cases, of
 * the others themselves. ctest prints no closing line when there is no test.
 */
export function countCtest(output) {
  const match = /(\d+) tests failed out of (\d+)/.exec(output);
  if (!match) return { passed: 0, failed: 0 };
  const [failed, total] = match.slice(1).map(Number);
  const counts = { passed: total - failed, failed };
  for (const [, passed, failed] of output.matchAll(
    /\[doctest\] test cases:.*?(\d+) passed.*?(\d+) failed/g,
  )) {
    counts[failed === '0' ? 'passed' : 'failed'] -= 1;
    counts.passed += Number(passed);
    counts.failed += Number(failed);
  }
  return counts;
}

/** Counts from vitest's JSON report. */
export function countVitest({ numPassedTests, numFailedTests }) {
  return { passed: numPassedTests, failed: numFailedTests };
}

/** Counts from Playwright's JSON report; a flaky test is a failed one. */
export function countPlaywright({ stats }) {
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky };
}

/** A tool that ended badly without a failed test, such as a file that does not load, has failed. */
export function withExitCode({ passed, failed }, code) {
  return { passed, failed: code !== 0 && failed === 0 ? 1 : failed };
}

export function table(results) {
  const rows = results.map(({ name, passed, failed, seconds }) => [
    name.padEnd(10),
    String(passed).padStart(7),
    String(failed).padStart(7),
    seconds.toFixed(1).padStart(8),
  ]);
  const header = ['part'.padEnd(10), ' passed', ' failed', ' seconds'];
  return [header, ...rows].map((row) => row.join('')).join('\n');
}

export function closingLine(results) {
  const sum = (key) => results.reduce((total, result) => total + result[key], 0);
  return `${sum('passed')} passed, ${sum('failed')} failed`;
}
