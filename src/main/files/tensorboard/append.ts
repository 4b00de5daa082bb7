import type { FileHandle } from 'node:fs/promises';
import { fail, ok, type Result } from '../../../shared/result';

/** Collects what is to be appended to a file and writes it in one piece. */
export interface Appender {
  add(chunk: Uint8Array): void;
  /** Writes what was collected; the number of bytes. On failure the file is cut back to whole entries. */
  flush(): Promise<Result<number>>;
  /** Flushes and closes. */
  close(): Promise<Result<number>>;
}

/**
 * Appends to an open file from byte `end` on. Flushes follow one another, whatever the caller awaits. What a failed
 * flush could not write stays collected for the next one, so a disk that was full for a while costs nothing.
 */
export function createAppender(file: FileHandle, path: string, end: number): Appender {
  let chunks: Uint8Array[] = [];
  let at = end;
  let last: Promise<Result<number>> = Promise.resolve(ok(0));
  const write = async (): Promise<Result<number>> => {
    const bytes = Buffer.concat(chunks);
    const taken = chunks.length;
    try {
      let written = 0;
      while (written < bytes.length) {
        written += (await file.write(bytes, written, bytes.length - written, at + written)).bytesWritten;
      }
    } catch (error) {
      // Cutting may fail as well; readers leave out an incomplete end.
      await file.truncate(at).catch(() => undefined);
      return fail({
        code: 'write-failed',
        message: `${path} could not be appended to: ${error instanceof Error ? error.message : String(error)}.`,
        hint: 'Make room on the disk. What was written before is whole.',
      });
    }
    at += bytes.length;
    chunks = chunks.slice(taken);
    return ok(bytes.length);
  };
  const flush = (): Promise<Result<number>> => (last = last.then(write));
  return {
    add: (chunk) => void chunks.push(chunk),
    flush,
    close: async () => {
      const result = await flush();
      await file.close();
      return result;
    },
  };
}
