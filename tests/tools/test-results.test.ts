import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from '../../tools/paths.mjs';
import {
  closing,
  countCtest,
  countPlaywright,
  countVitest,
  withExitCode,
} from '../../tools/test-results.mjs';

describe('what is printed of a test run', () => {
  it('counts by the closing line of ctest, and names what it lists', () => {
    const output = [
      '50% tests passed, 2 tests failed out of 4',
      'The following tests FAILED:',
      '\t  3 - campaign (Failed)',
      '\t 12 - log messages (SEGFAULT)',
    ];
    expect(countCtest(output.join('\n'))).toEqual({
      ...{ passed: 2, failed: 2 },
      failures: ['campaign', 'log messages'],
    });
  });

  it('counts cases where a test of ctest is a file of them, and names those', () => {
    const output = [
      '1: [doctest] test cases:  3 |  3 passed | 0 failed | 40 skipped',
      '2: TEST CASE:  a map that is asked twice',
      '3: TEST CASE:  a map that says something',
      '3: map_test.cpp:7: MESSAGE: so many',
      '2: map_test.cpp:9: ERROR: CHECK( 1 == 2 ) is NOT correct!',
      '2: [doctest] test cases: 12 | 11 passed | 1 failed | 31 skipped',
      '80% tests passed, 1 tests failed out of 5',
    ];
    expect(countCtest(output.join('\n'))).toEqual({
      ...{ passed: 3 + 11 + 3, failed: 1 },
      failures: ['a map that is asked twice'],
    });
  });

  it('counts nothing where ctest found no test', () => {
    expect(countCtest('No tests were found!!!\n')).toEqual({ passed: 0, failed: 0, failures: [] });
  });

  it('names the tests of vitest, each with the first line that says something', () => {
    const name = join(root, 'tests/a.test.ts');
    const failed = {
      ...{ status: 'failed', fullName: 'a slice is there' },
      failureMessages: ['\n\u001b[31mAssertionError: expected 1\u001b[39m\n    at a.test.ts:1'],
    };
    const passed = { status: 'passed', fullName: 'another is', failureMessages: [] };
    const loaded = { name, status: 'failed', message: '', assertionResults: [failed, passed] };
    const refused = { name, status: 'failed', message: 'no such file\nat', assertionResults: [] };
    const report = { numPassedTests: 1, numFailedTests: 1, testResults: [loaded, refused] };
    expect(countVitest(report).failures).toEqual([
      'tests/a.test.ts › a slice is there: AssertionError: expected 1',
      'tests/a.test.ts: no such file',
    ]);
  });

  it('takes a flaky browser test as failed', () => {
    const tests = ['expected', 'flaky'].map((status) => ({ status, results: [{}] }));
    const suites = [{ suites: [{ specs: [{ file: 'a.spec.ts', title: 'it is seen', tests }] }] }];
    const stats = { expected: 5, unexpected: 1, flaky: 1, skipped: 0 };
    expect(countPlaywright({ stats, suites })).toEqual({
      ...{ passed: 5, failed: 2 },
      failures: ['a.spec.ts › it is seen'],
    });
  });

  it('takes a bad exit code without a failed test as a failure', () => {
    expect(withExitCode({ passed: 3, failed: 0 }, 1)).toEqual({ passed: 3, failed: 1 });
    expect(withExitCode({ passed: 3, failed: 2 }, 1)).toEqual({ passed: 3, failed: 2 });
    expect(withExitCode({ passed: 3, failed: 0 }, 0)).toEqual({ passed: 3, failed: 0 });
  });

  it('ends in what failed, by part, and one plain line', () => {
    const results = [
      { name: 'native', passed: 3, failed: 0, seconds: 1 },
      { name: 'web', passed: 2, failed: 1, seconds: 1, failures: ['a.test.ts › it is seen'] },
    ];
    const lines = closing(results).split('\n');
    expect(lines.slice(0, 2)).toEqual(['Failed:', 'web: a.test.ts › it is seen']);
    expect(lines.at(-1)).toBe('5 passed, 1 failed');
  });
});
