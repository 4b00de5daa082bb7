import { createReadStream } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { createInflateRaw } from 'node:zlib';
import { fail, ok, ProblemError, type Result } from '../../../shared/result';
import { READ_LIMITS } from '../read/limits';
import { badFile, quoted, tooMany, truncated } from '../read/problems';

/** An entry of an archive that is too large to unpack at once. */
export interface StreamedEntry {
  readonly name: string;
  /** Unpacked, as the directory says. */
  readonly bytes: number;
  /** Its bytes in pieces; errors while unpacking are thrown as they come from zlib. */
  open(): Promise<Readable>;
}

/** Record sizes and signatures of the zip format (PKWARE's APPNOTE 6.3). */
const END_BYTES = 22;
const MOST_COMMENT = 65_535;
const END = 0x06054b50;
const END_64_PLACE = 0x07064b50;
const ENTRY = 0x02014b50;
const LOCAL = 0x04034b50;
const UNKNOWN = 0xffffffff;
const MOST_DIRECTORY = 16 * 1024 * 1024;

/**
 * Lists an archive's entries without unpacking any: only the directory is read. Problems: no directory, one that leaves
 * the file, packing other than stored and deflated, too many entries.
 */
export async function listZip(path: string): Promise<Result<readonly StreamedEntry[]>> {
  let file: FileHandle | null = null;
  try {
    file = await open(path);
    return ok(await listEntries(file, path));
  } catch (error) {
    if (error instanceof ProblemError) return fail(error.problem);
    const what = `it could not be read (${error instanceof Error ? error.message : String(error)})`;
    return badFile(
      'file-unreadable',
      path,
      'the file',
      what,
      'Check that it is there and that you may read it.',
    );
  } finally {
    await file?.close();
  }
}

async function listEntries(file: FileHandle, path: string): Promise<StreamedEntry[]> {
  const { size } = await file.stat();
  const tailAt = Math.max(0, size - END_BYTES - MOST_COMMENT - 20);
  const tail = await read(file, path, tailAt, size - tailAt);
  let end = tail.length - END_BYTES;
  while (end >= 0 && tail.readUInt32LE(end) !== END) end--;
  if (end < 0) {
    throw new ProblemError(
      truncated(path, `byte ${size}`, 'the zip archive ends before its directory').error,
    );
  }
  let count = tail.readUInt16LE(end + 10);
  let length = tail.readUInt32LE(end + 12);
  let at = tail.readUInt32LE(end + 16);
  if (end >= 20 && tail.readUInt32LE(end - 20) === END_64_PLACE) {
    const record = await read(file, path, Number(tail.readBigUInt64LE(end - 12)), 56);
    count = Number(record.readBigUInt64LE(32));
    length = Number(record.readBigUInt64LE(40));
    at = Number(record.readBigUInt64LE(48));
  }
  if (count > READ_LIMITS.archiveEntries || length > MOST_DIRECTORY) {
    throw new ProblemError(
      tooMany(path, 'the zip directory', `it lists ${count} entries`, READ_LIMITS.archiveEntries).error,
    );
  }
  const directory = await read(file, path, at, length);
  const entries: StreamedEntry[] = [];
  for (let next = 0; entries.length < count;) {
    if (next + 46 > directory.length || directory.readUInt32LE(next) !== ENTRY) {
      throw new ProblemError(
        truncated(path, 'the zip directory', `entry ${entries.length + 1} is missing`).error,
      );
    }
    const nameLength = directory.readUInt16LE(next + 28);
    const extraLength = directory.readUInt16LE(next + 30);
    const name = directory.toString('latin1', next + 46, next + 46 + nameLength);
    const extra = directory.subarray(next + 46 + nameLength, next + 46 + nameLength + extraLength);
    const sizes = entrySizes(directory, next, extra);
    const method = directory.readUInt16LE(next + 10);
    if (method !== 0 && method !== 8) {
      const what = `stored and deflated entries are read, found method ${method}`;
      const hint = 'Save it with numpy.savez or numpy.savez_compressed.';
      throw new ProblemError(badFile('file-unsupported', path, `entry ${quoted(name)}`, what, hint).error);
    }
    entries.push({
      name,
      bytes: sizes.unpacked,
      open: () => openEntry(path, name, sizes.at, sizes.packed, method === 8),
    });
    next += 46 + nameLength + extraLength + directory.readUInt16LE(next + 32);
  }
  return entries;
}

/** Sizes and place, from the zip64 extra field where they do not fit. */
function entrySizes(directory: Buffer, next: number, extra: Buffer) {
  let packed = directory.readUInt32LE(next + 20);
  let unpacked = directory.readUInt32LE(next + 24);
  let at = directory.readUInt32LE(next + 42);
  for (let field = 0; field + 4 <= extra.length; field += 4 + extra.readUInt16LE(field + 2)) {
    if (extra.readUInt16LE(field) !== 1) continue;
    let value = field + 4;
    const wide = (): number => {
      value += 8;
      return value <= extra.length ? Number(extra.readBigUInt64LE(value - 8)) : UNKNOWN;
    };
    if (unpacked === UNKNOWN) unpacked = wide();
    if (packed === UNKNOWN) packed = wide();
    if (at === UNKNOWN) at = wide();
  }
  return { packed, unpacked, at };
}

async function openEntry(
  path: string,
  name: string,
  at: number,
  packed: number,
  isDeflated: boolean,
): Promise<Readable> {
  const file = await open(path);
  let start: number;
  try {
    const header = await read(file, path, at, 30);
    if (header.readUInt32LE(0) !== LOCAL) {
      throw new ProblemError(truncated(path, `entry ${quoted(name)}`, 'its header is missing').error);
    }
    start = at + 30 + header.readUInt16LE(26) + header.readUInt16LE(28);
  } finally {
    await file.close();
  }
  const bytes = createReadStream(path, { start, end: start + packed - 1, highWaterMark: 1 << 20 });
  if (!isDeflated) return bytes;
  const inflated = createInflateRaw({ chunkSize: 1 << 20 });
  bytes.on('error', (error) => inflated.destroy(error));
  inflated.on('close', () => bytes.destroy());
  return bytes.pipe(inflated);
}

async function read(file: FileHandle, path: string, at: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, at);
  if (bytesRead === length) return buffer;
  throw new ProblemError(truncated(path, `byte ${at + bytesRead}`, `${length} bytes were expected`).error);
}
