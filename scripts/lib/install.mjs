import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { withoutKnownEngines } from './engine-warnings.mjs';
import { linkOwnCommand } from './own-command.mjs';
import { root } from './paths.mjs';
import { npm, say, tail } from './process.mjs';
import { hashOf, isStamped, writeStamp } from './stamp.mjs';

const stamp = join(root, 'node_modules/.halfspace-stamp');

/** Installs the locked packages when they are missing or the lock file changed. Throws with a plain sentence. */
export async function ensureInstalled() {
  const hash = hashOf(root, ['package-lock.json']);
  if (isStamped(stamp, hash)) return;
  if (existsSync(join(root, 'node_modules')) && (await alreadyMatches())) {
    linkOwnCommand();
    writeStamp(stamp, hash);
    return;
  }
  say('installing packages (once; a few minutes on a slow connection)');
  const { code, output } = await npm(['ci'], { cwd: root, capture: true });
  if (code !== 0)
    throw new Error(
      `The packages could not be installed: npm ci ended with code ${code}.\n${tail(output, 40)}`,
    );
  const { rest, explanation } = withoutKnownEngines(output);
  if (rest) process.stderr.write(`${rest}\n`);
  if (explanation) say(explanation);
  linkOwnCommand();
  writeStamp(stamp, hash);
}

/** A person who ran npm by hand has everything already; npm ls fails on anything missing or of another version. */
async function alreadyMatches() {
  const { code } = await npm(['ls', '--all'], { cwd: root, capture: true, timeoutMs: 60_000 });
  return code === 0;
}
