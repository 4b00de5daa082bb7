import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { _electron } from '@playwright/test';
import { electronFlags, ensureElectron } from '../scripts/lib/electron.mjs';
import { root } from '../scripts/lib/paths.mjs';
import type { BenchTable } from '../src/main/cli/bench-table';
import { formatTable } from './format';

/**
 * Start to first frame of a built window, warm: from the start of the process to the first painted content and to the
 * sample's figures. It drives a real Electron, so it is no part of `halfspace bench`:
 *
 *   npx tsx bench/start.ts [--runs 9] [--against <another built checkout>] [--report report.json]
 *
 * With --against both builds start in turn within one run; read the ratios.
 */
const { values } = parseArgs({
  options: { runs: { type: 'string' }, against: { type: 'string' }, report: { type: 'string' } },
});

interface Start {
  readonly painted: number;
  readonly drawn: number;
}

/** One start with a data folder of its own. Milliseconds since the process was asked for. */
async function start(executable: string, checkout: string): Promise<Start> {
  const userData = await mkdtemp(join(tmpdir(), 'halfspace-start-'));
  const asked = Date.now();
  const app = await _electron.launch({
    executablePath: executable,
    args: [...electronFlags(), checkout],
    env: { ...(process.env as Record<string, string>), HALFSPACE_USER_DATA: userData },
  });
  try {
    const page = await app.firstWindow();
    await page.waitForFunction(() => (window.halfspaceState?.().figures?.unionVolume ?? 0) > 0, null, {
      polling: 'raf',
    });
    const drawn = Date.now() - asked;
    const paintedAt = await page.evaluate(
      () =>
        performance.timeOrigin +
        (performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Number.NaN),
    );
    return { painted: paintedAt - asked, drawn };
  } finally {
    await app.evaluate(({ app: electronApp }) => electronApp.exit(0)).catch(() => undefined);
    // Electron may write its last files after it said that it closed.
    await rm(userData, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  }
}

function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

async function measure(): Promise<BenchTable> {
  const runs = Number(values.runs ?? 9);
  if (!Number.isInteger(runs) || runs < 1 || runs > 100) throw new Error('--runs takes 1 to 100.');
  const { executable } = await ensureElectron();
  const checkouts = [root, ...(values.against ? [resolve(values.against)] : [])];
  const starts = checkouts.map((): Start[] => []);
  // The first start of each warms the caches and does not count.
  for (let run = 0; run <= runs; run++) {
    for (const [i, checkout] of checkouts.entries()) {
      const measured = await start(executable, checkout);
      if (run > 0) starts[i].push(measured);
    }
  }
  const rows = starts.map((all, i) => ({
    label: i === 0 ? 'this build' : 'the other build',
    values: {
      'first paint, ms': Math.round(median(all.map(({ painted }) => painted))),
      'slowest, ms': Math.round(Math.max(...all.map(({ painted }) => painted))),
      'sample measured, ms': Math.round(median(all.map(({ drawn }) => drawn))),
    },
  }));
  const ratio = starts[1] && rows[0].values['first paint, ms'] / rows[1].values['first paint, ms'];
  return {
    name: 'start to first frame',
    device: `${cpus()[0].model}, ${cpus().length} cores, ${runs} starts each`,
    columns: ['first paint, ms', 'slowest, ms', 'sample measured, ms'],
    rows,
    bars:
      ratio === undefined
        ? []
        : [
            {
              what: 'first paint of this build over the other',
              bar: 'at most 1.05',
              reached: ratio.toFixed(2),
              met: ratio <= 1.05,
            },
          ],
  };
}

if (process.platform === 'linux' && !process.env.DISPLAY) {
  // Without a screen: once more, under a virtual one.
  const again = [process.execPath, ...process.execArgv, ...process.argv.slice(1)];
  const { status } = spawnSync('xvfb-run', ['-a', '-s', '-screen 0 1600x1000x24', ...again], {
    stdio: 'inherit',
  });
  process.exitCode = status ?? 1;
} else {
  const table = await measure();
  process.stdout.write(formatTable(table));
  if (values.report) await writeFile(values.report, `${JSON.stringify(table, null, 2)}\n`);
}
