import { createHash } from 'node:crypto';
import { lstatSync, readFileSync, realpathSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { run } from './process.mjs';

/**
 * What git sees changed in a working tree, new files included: each path with its status and what it holds, so that a
 * file edited before and changed again since is told from one that stayed.
 * @param {string} folder the top of the working tree
 * @returns {Promise<ReadonlyMap<string, string> | null>} null where there is no git, or where `folder` is no clone (an
 *   unpacked archive, also one inside another repository)
 */
export async function readWorkingTree(folder) {
  const top = await git(folder, ['rev-parse', '--show-toplevel']);
  if (top === null || realpathSync(resolve(top.trim())) !== realpathSync(folder)) return null;
  const status = await git(folder, ['status', '--porcelain', '-z', '--no-renames', '--untracked-files=all']);
  if (status === null) return null;
  const lines = status.split('\0').filter((line) => line !== '');
  return new Map(
    lines.map((line) => [line.slice(3), `${line.slice(0, 2)} ${contentOf(join(folder, line.slice(3)))}`]),
  );
}

/** Paths that changed between two readings, sorted. */
export function changedPaths(before, after) {
  const paths = new Set([...before.keys(), ...after.keys()]);
  return [...paths].filter((path) => before.get(path) !== after.get(path)).sort();
}

async function git(folder, args) {
  const { code, output } = await run('git', ['-C', folder, ...args], { capture: true });
  return code === 0 ? output : null;
}

function contentOf(path) {
  try {
    if (!lstatSync(path).isFile()) return 'no file';
    return createHash('sha256').update(readFileSync(path)).digest('hex');
  } catch {
    return 'absent';
  }
}
