import type { Readable } from 'node:stream';
import { openPromise, type Entry, type ZipFile } from 'yauzl';
import { fail, ok, ProblemError, type Result } from '../../../shared/result';
import { READ_LIMITS } from './limits';
import { badFile, leavesFolder, quoted, tooMany, truncated, type Failure } from './problems';

/** An entry of an archive that is too large to unpack at once. */
export interface StreamedEntry {
  readonly name: string;
  /** Unpacked, as the directory says. */
  readonly bytes: number;
  /** Its bytes in pieces, never more than `bytes` says; damage met on the way is thrown. */
  open(): Promise<Readable>;
}

export interface StreamedZip {
  readonly entries: readonly StreamedEntry[];
  close(): void;
}

/**
 * Opens an archive on disk without unpacking anything: only its directory is read, entry by entry. Problems: no
 * directory, a damaged one, packing other than stored and deflated, a name that leaves its folder, too many entries.
 * @param file how messages call it
 */
export async function openZip(path: string, file = path): Promise<Result<StreamedZip>> {
  let zip: ZipFile;
  try {
    zip = await openPromise(path, { autoClose: false });
  } catch (error) {
    return notOpened(file, error as NodeJS.ErrnoException);
  }
  try {
    return ok({ entries: await listEntries(zip, file), close: () => zip.close() });
  } catch (error) {
    zip.close();
    if (error instanceof ProblemError) return fail(error.problem);
    throw error;
  }
}

async function listEntries(zip: ZipFile, file: string): Promise<StreamedEntry[]> {
  if (zip.entryCount > READ_LIMITS.archiveEntries) {
    const what = `it lists ${zip.entryCount} entries`;
    throw new ProblemError(tooMany(file, 'the zip directory', what, READ_LIMITS.archiveEntries).error);
  }
  const entries: StreamedEntry[] = [];
  try {
    for await (const entry of zip.eachEntry()) {
      checkPacking(entry, file);
      entries.push({
        name: entry.fileName,
        bytes: entry.uncompressedSize,
        open: () => zip.openReadStreamPromise(entry),
      });
    }
  } catch (error) {
    if (error instanceof ProblemError) throw error;
    const name = /^(?:absolute|invalid relative) path: (.+)$/.exec((error as Error).message)?.[1];
    const place = `the zip directory, entry ${entries.length + 1} of ${zip.entryCount}`;
    throw new ProblemError((name ? leavesFolder(file, name) : damaged(file, place, error)).error);
  }
  return entries;
}

/** An entry's whole content; damage met on the way is thrown. The caller has weighed `entry.bytes` against a limit. */
export async function readEntry(entry: StreamedEntry): Promise<Uint8Array> {
  const content = new Uint8Array(entry.bytes);
  let at = 0;
  for await (const piece of await entry.open()) {
    content.set(piece as Buffer, at);
    at += (piece as Buffer).length;
  }
  return content;
}

function checkPacking(entry: Entry, file: string): void {
  const method = entry.compressionMethod;
  if ((method === 0 || method === 8) && !entry.isEncrypted()) return;
  const found = entry.isEncrypted() ? 'an encrypted one' : `method ${method}`;
  const what = `stored and deflated entries are read, found ${found}`;
  const hint = 'Save it with numpy.savez or numpy.savez_compressed.';
  throw new ProblemError(
    badFile('file-unsupported', file, `entry ${quoted(entry.fileName)}`, what, hint).error,
  );
}

function notOpened(file: string, error: NodeJS.ErrnoException): Failure {
  // An error of the system has a code, one of the archive has none.
  if (error.code !== undefined) {
    const what = `it could not be read (${error.message})`;
    return badFile(
      'file-unreadable',
      file,
      'the file',
      what,
      'Check that it is there and that you may read it.',
    );
  }
  return error.message.startsWith('End of central directory')
    ? truncated(file, 'the end', 'the zip archive ends before its directory')
    : damaged(file, 'the zip directory', error);
}

function damaged(file: string, place: string, error: unknown): Failure {
  const what = `it cannot be read (${error instanceof Error ? error.message : String(error)})`;
  return badFile('file-damaged', file, place, what, 'Copy or download it again.');
}
