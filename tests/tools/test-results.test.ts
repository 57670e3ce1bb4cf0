import { describe, expect, it } from 'vitest';
import {
  closingLine,
  countCtest,
  countPlaywright,
  withExitCode,
} from '../../tools/test-results.mjs';

describe('the counts of the test run', () => {
  it('come from the closing line of ctest', () => {
    const output = '50% tests passed, 2 tests failed out of 4\n';
    expect(countCtest(output)).toEqual({ passed: 2, failed: 2 });
  });

  it('are of cases where a test of ctest is a file of them', () => {
    const output = [
      '1: [doctest] test cases:  3 |  3 passed | 0 failed | 40 skipped',
      '2: [doctest] test cases: 12 | 10 passed | 2 failed | 31 skipped',
      '60% tests passed, 2 tests failed out of 5',
    ];
    expect(countCtest(output.join('\n'))).toEqual({ passed: 3 + 10 + 2, failed: 2 + 1 });
  });

  it('are zero when ctest found no test, and a part without tests fails', () => {
    expect(countCtest('No tests were found!!!\n')).toEqual({ passed: 0, failed: 0 });
  });

  it('take a flaky browser test as failed', () => {
    const stats = { expected: 5, unexpected: 1, flaky: 1, skipped: 0 };
    expect(countPlaywright({ stats })).toEqual({ passed: 5, failed: 2 });
  });

  it('take a bad exit code without a failed test as a failure', () => {
    expect(withExitCode({ passed: 3, failed: 0 }, 1)).toEqual({ passed: 3, failed: 1 });
    expect(withExitCode({ passed: 3, failed: 2 }, 1)).toEqual({ passed: 3, failed: 2 });
    expect(withExitCode({ passed: 3, failed: 0 }, 0)).toEqual({ passed: 3, failed: 0 });
  });

  it('add up to one plain line', () => {
    const results = [
      { name: 'native', passed: 3, failed: 0, seconds: 1 },
      { name: 'web', passed: 2, failed: 1, seconds: 1 },
    ];
    expect(closingLine(results)).toBe('5 passed, 1 failed');
  });
});
