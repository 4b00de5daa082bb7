import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Result } from '../../../shared/result';

/** Runs a test in a folder of its own, which is removed afterwards. */
export async function inFolder<T>(run: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'halfspace-files-'));
  try {
    return await run(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** All values of a stream of results, and the problem that ended it. */
export async function collect<T>(
  stream: AsyncIterable<Result<T>>,
): Promise<{ values: T[]; problem: { code: string; message: string } | null }> {
  const values: T[] = [];
  for await (const result of stream) {
    if (!result.ok) return { values, problem: result.error };
    values.push(result.value);
  }
  return { values, problem: null };
}
