import { readFileSync } from 'node:fs';

/**
 * Counts of a stage. A skipped test counts as failed: a suite that skips tells nothing about what it skipped.
 * @typedef {{passed: number, failed: number, problems: string[]}} Counts
 */

/** @returns {Counts} of vitest's JSON report; one failure when there is no usable report. */
export function vitestCounts(file) {
  const report = readReport(file);
  if (!report) return noReport('vitest');
  const tests = report.testResults.flatMap((suite) => suite.assertionResults);
  const problems = tests
    .filter((test) => test.status !== 'passed')
    .map((test) => `${test.fullName} (${test.status})`);
  // A file that fails to load has no tests in the report, only a message.
  for (const suite of report.testResults) {
    if (suite.status === 'failed' && suite.assertionResults.every((test) => test.status === 'passed')) {
      problems.push(`${suite.name}: ${firstLine(suite.message)}`);
    }
  }
  return atLeastOne('vitest', tests.filter((test) => test.status === 'passed').length, problems);
}

/** @returns {Counts} of Playwright's JSON report; one failure when there is no usable report. */
export function playwrightCounts(file) {
  const report = readReport(file);
  if (!report) return noReport('playwright');
  const specs = report.suites.flatMap(specsOf);
  const failing = specs.filter(
    ({ spec }) => !(spec.ok && spec.tests.every((test) => test.status === 'expected')),
  );
  const problems = failing.map(
    ({ spec }) => `${spec.title} (${spec.tests.map((test) => test.status).join(', ')})`,
  );
  for (const error of report.errors ?? []) problems.push(firstLine(error.message));
  return atLeastOne('playwright', specs.length - failing.length, problems);
}

function specsOf(suite) {
  return [...(suite.specs ?? []).map((spec) => ({ spec })), ...(suite.suites ?? []).flatMap(specsOf)];
}

function readReport(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
}

function noReport(tool) {
  return { passed: 0, failed: 1, problems: [`${tool} wrote no report`] };
}

function atLeastOne(tool, passed, problems) {
  if (passed === 0 && problems.length === 0)
    return { passed: 0, failed: 1, problems: [`${tool} ran no test`] };
  return { passed, failed: problems.length, problems };
}

function firstLine(message) {
  return String(message ?? 'no message').split('\n')[0];
}
