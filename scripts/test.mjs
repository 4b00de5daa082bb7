import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ensureBuilt } from './lib/build.mjs';
import { runPlaywright } from './lib/end-to-end.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { root } from './lib/paths.mjs';
import { run, say } from './lib/process.mjs';
import { playwrightCounts, vitestCounts } from './lib/test-report.mjs';
import { changedPaths, readWorkingTree } from './lib/working-tree.mjs';

const results = join(root, 'e2e/results');
const unitReport = join(results, 'unit.json');
const endToEndReport = join(results, 'report.json');

/**
 * Every stage runs, whatever the ones before it found; each gives `{passed, failed, problems}`. After the kernels there
 * are two lanes side by side: the end-to-end tests mostly wait for a window, and leave the unit tests a core.
 */
const kernels = ['kernels', () => asOne(async () => (await import('./build-kernels.mjs')).default())];
const lanes = [
  [
    ['types', () => tool('typescript/bin/tsc', ['--noEmit'])],
    ['lint', () => tool('oxlint/bin/oxlint', ['--deny-warnings'])],
    ['format', () => tool('oxfmt/bin/oxfmt', ['--check'])],
    ['unit', unitTests],
  ],
  [
    ['build', () => asOne(ensureBuilt)],
    ['end to end', endToEndTests],
  ],
];

let passed = 0;
let failed = 0;
const summary = [];
const treeBefore = await readWorkingTree(root);

try {
  await ensureInstalled();
  rmSync(results, { recursive: true, force: true });
  mkdirSync(results, { recursive: true });
  await runStage(...kernels);
  await Promise.all(
    lanes.map(async (lane) => {
      for (const [name, stage] of lane) await runStage(name, stage);
    }),
  );
} catch (error) {
  failed += 1;
  summary.push(`set-up: ${error.message}`);
}
await runStage('tree', unchangedTree);

process.stdout.write(`\n${summary.join('\n')}\n${passed} passed, ${failed} failed\n`);
process.exitCode = failed === 0 ? 0 : 1;

async function runStage(name, stage) {
  say(`${name} ...`);
  const startedAt = performance.now();
  const counts = await stage().catch((error) => ({ passed: 0, failed: 1, problems: [error.message] }));
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  passed += counts.passed;
  failed += counts.failed;
  summary.push(`${name.padEnd(10)} ${counts.passed} passed, ${counts.failed} failed in ${seconds} s`);
  for (const problem of counts.problems) summary.push(`    ${problem}`);
}

/** A stage that is one test: it passes unless it throws. */
async function asOne(work) {
  await work();
  return { passed: 1, failed: 0, problems: [] };
}

/** A tool of node_modules as one test: it passes with exit code 0. */
async function tool(path, args) {
  const { code } = await run(process.execPath, [join(root, 'node_modules', path), ...args], { cwd: root });
  return code === 0
    ? { passed: 1, failed: 0, problems: [] }
    : { passed: 0, failed: 1, problems: [`${path.split('/').at(-1)} ended with code ${code}`] };
}

async function unitTests() {
  const args = ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${unitReport}`];
  const { code } = await run(process.execPath, [join(root, 'node_modules/vitest/vitest.mjs'), ...args], {
    cwd: root,
  });
  return withExitCode(vitestCounts(unitReport), 'vitest', code);
}

async function endToEndTests() {
  if (!readdirSync(join(root, 'e2e')).some((name) => name.endsWith('.spec.ts'))) {
    throw new Error('there is no end-to-end test');
  }
  const code = await runPlaywright([]);
  return withExitCode(playwrightCounts(endToEndReport), 'playwright', code);
}

/** Set-up, builds and tests leave the working tree as they found it. */
async function unchangedTree() {
  const treeAfter = treeBefore && (await readWorkingTree(root));
  if (!treeAfter) {
    return { passed: 0, failed: 0, problems: ['not checked: git knows no working tree here'] };
  }
  const changed = changedPaths(treeBefore, treeAfter);
  if (changed.length === 0) return { passed: 1, failed: 0, problems: [] };
  const named =
    changed.slice(0, 12).join(', ') + (changed.length > 12 ? `, ${changed.length - 12} more` : '');
  return {
    passed: 0,
    failed: 1,
    problems: [`changed while set-up and tests ran: ${named}`],
  };
}

/** A runner that fails without naming a test (a crash, an unhandled error) must not pass. */
function withExitCode(counts, name, code) {
  if (code === 0 || counts.failed > 0) return counts;
  return { ...counts, failed: 1, problems: [`${name} ended with code ${code}`] };
}
