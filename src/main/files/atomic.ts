import { randomUUID } from 'node:crypto';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { fail, ok, type Result } from '../../shared/result';

/**
 * Writes a file so that a reader, or a machine that loses power, sees the old content or the new one and never half
 * of it: a temporary file beside it, flushed to the disk, then renamed over it. Folders are made as needed.
 */
export async function writeFileAtomic(path: string, content: string | Uint8Array): Promise<Result<number>> {
  const temporary = join(dirname(path), `.${basename(path)}.${randomUUID().slice(0, 8)}.part`);
  try {
    await mkdir(dirname(path), { recursive: true });
    const file = await open(temporary, 'w');
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
    return ok(typeof content === 'string' ? Buffer.byteLength(content) : content.byteLength);
  } catch (error) {
    // The temporary file may not even have a folder; the first error is the one that counts.
    await rm(temporary, { force: true }).catch(() => undefined);
    return fail({
      code: 'write-failed',
      message: `${path} could not be written: ${reasonOf(error)}.`,
      hint: 'Choose another place, or make room on the disk. Nothing that was there has been changed.',
    });
  }
}

function reasonOf(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code;
  const reasons: Record<string, string> = {
    EACCES: 'no permission',
    EPERM: 'no permission',
    EROFS: 'the disk is read-only',
    ENOSPC: 'the disk is full',
    EISDIR: 'a folder of that name is in the way',
    EEXIST: 'a file of that name is in the way of a folder',
    ENOTDIR: 'a file of that name is in the way of a folder',
  };
  return (code && reasons[code]) ?? (error instanceof Error ? error.message : String(error));
}
