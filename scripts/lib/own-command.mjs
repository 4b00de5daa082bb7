import { chmodSync, existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './paths.mjs';

/**
 * Puts the project's own command beside those of its packages: npm does so for dependencies only, so `npx halfspace`
 * inside the clone would otherwise look for a package of that name.
 */
export function linkOwnCommand() {
  const folder = join(root, 'node_modules/.bin');
  mkdirSync(folder, { recursive: true });
  const link = join(folder, 'halfspace');
  rmSync(link, { force: true });
  if (process.platform === 'win32') {
    writeFileSync(`${link}.cmd`, '@node "%~dp0\\..\\..\\bin\\halfspace.mjs" %*\r\n');
    return;
  }
  chmodSync(join(root, 'bin/halfspace.mjs'), 0o755);
  if (!existsSync(link)) symlinkSync('../../bin/halfspace.mjs', link);
}
