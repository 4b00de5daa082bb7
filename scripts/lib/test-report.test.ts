import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { playwrightCounts, vitestCounts } from './test-report.mjs';

function fileWith(report: unknown): string {
  const file = join(mkdtempSync(join(tmpdir(), 'halfspace-report-')), 'report.json');
  writeFileSync(file, JSON.stringify(report));
  return file;
}

describe('the counts of unit tests', () => {
  const suite = (...statuses: string[]) => ({
    name: 'a.test.ts',
    status: statuses.includes('failed') ? 'failed' : 'passed',
    assertionResults: statuses.map((status) => ({ fullName: `is ${status}`, status })),
  });

  it('take a skipped test as failed', () => {
    const counts = vitestCounts(
      fileWith({ testResults: [suite('passed', 'passed'), suite('failed', 'pending')] }),
    );
    expect(counts).toEqual({
      passed: 2,
      failed: 2,
      problems: ['is failed (failed)', 'is pending (pending)'],
    });
  });

  it('take a file that does not load as failed', () => {
    const broken = {
      name: 'b.test.ts',
      status: 'failed',
      message: 'SyntaxError: no\nat b',
      assertionResults: [],
    };
    expect(vitestCounts(fileWith({ testResults: [suite('passed'), broken] }))).toEqual({
      passed: 1,
      failed: 1,
      problems: ['b.test.ts: SyntaxError: no'],
    });
  });

  it('take no tests, and no report, as failed', () => {
    expect(vitestCounts(fileWith({ testResults: [] })).failed).toBe(1);
    expect(vitestCounts('/absent/report.json').failed).toBe(1);
  });
});

describe('the counts of end-to-end tests', () => {
  const spec = (ok: boolean, status: string) => ({ title: `is ${status}`, ok, tests: [{ status }] });

  it('count through nested suites, a skipped or flaky test as failed', () => {
    const report = {
      errors: [{ message: 'worker ended\nstack' }],
      suites: [
        {
          specs: [spec(true, 'expected'), spec(true, 'skipped')],
          suites: [{ specs: [spec(false, 'unexpected'), spec(true, 'flaky'), spec(true, 'expected')] }],
        },
      ],
    };
    expect(playwrightCounts(fileWith(report))).toEqual({
      passed: 2,
      failed: 4,
      problems: ['is skipped (skipped)', 'is unexpected (unexpected)', 'is flaky (flaky)', 'worker ended'],
    });
  });

  it('take no tests, and no report, as failed', () => {
    expect(playwrightCounts(fileWith({ suites: [] })).failed).toBe(1);
    expect(playwrightCounts('/absent/report.json').failed).toBe(1);
  });
});
