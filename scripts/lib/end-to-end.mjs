import { join } from 'node:path';
import { announceElectron, ensureElectron } from './electron.mjs';
import { root } from './paths.mjs';
import { run } from './process.mjs';
import { ensureSystemPackages } from './system-packages.mjs';

/**
 * Runs Playwright with the given arguments on a real Electron. Always under a virtual display on Linux: windows of tests
 * do not belong on a person's screen. Throws with a plain sentence where that cannot be had.
 * @param {readonly string[]} args
 * @returns {Promise<number>} Playwright's exit code
 */
export async function runPlaywright(args) {
  const electron = await ensureElectron();
  const linux = process.platform === 'linux';
  await ensureSystemPackages({ executable: electron.executable, virtualDisplay: linux });
  await announceElectron(electron);
  const playwright = [process.execPath, join(root, 'node_modules/@playwright/test/cli.js'), 'test', ...args];
  const [command, ...rest] = linux
    ? ['xvfb-run', '-a', '-s', '-screen 0 1600x1000x24', ...playwright]
    : playwright;
  const { code } = await run(command, rest, { cwd: root });
  return code;
}
