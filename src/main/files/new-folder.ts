import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rename, rm, rmdir } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { fail, ok, ProblemError, type Result } from '../../shared/result';

/**
 * Makes a folder that is there whole or not at all: filled under another name beside it, then renamed. Problems: a
 * folder of that name that is not empty, a place that cannot be written, whatever `fill` throws as a ProblemError.
 */
export async function writeNewFolder<T>(
  folder: string,
  fill: (temporary: string) => Promise<T>,
): Promise<Result<T>> {
  const target = resolve(folder);
  const temporary = join(dirname(target), `.${basename(target)}.${randomUUID().slice(0, 8)}.part`);
  try {
    const present = await readdir(target).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return null;
      throw error;
    });
    if (present && present.length > 0) {
      return fail({
        code: 'dataset-folder-taken',
        message: `${folder} is not empty.`,
        hint: 'Choose an empty folder or a new name.',
      });
    }
    await mkdir(temporary, { recursive: true });
    const filled = await fill(temporary);
    if (present) await rmdir(target);
    await rename(temporary, target);
    return ok(filled);
  } catch (error) {
    await rm(temporary, { recursive: true, force: true });
    if (error instanceof ProblemError) return fail(error.problem);
    return fail({
      code: 'write-failed',
      message: `${folder} could not be written: ${error instanceof Error ? error.message : String(error)}.`,
      hint: 'Choose another place, or make room on the disk.',
    });
  }
}

/** What a writer that takes its time listens and reports to. */
export interface WriteControl {
  readonly onProgress?: (done: number, total: number) => void;
  readonly signal?: AbortSignal;
}

/** Ends a writer whose signal was aborted. */
export function throwIfStopped({ signal }: Pick<WriteControl, 'signal'>): void {
  if (signal?.aborted)
    throw new ProblemError({ code: 'cancelled', message: 'Stopped; nothing was written.' });
}
