import { open, type FileHandle } from 'node:fs/promises';
import { ok, type Result } from '../../../shared/result';
import { badFile, tooMany, truncated, type Failure } from '../read/problems';
import { maskedCrc32c } from './crc32c';

/** The largest record that is read; CvxNet's take 12.6 MB. */
export const MAXIMUM_RECORD_BYTES = 256 * 1024 * 1024;

const DAMAGED_HINT = 'The file is damaged: copy or download it again.';

/** One record of a TFRecord file. */
export interface TfRecord {
  /** From 0. */
  readonly index: number;
  /** Where the record's header begins in the file, in bytes. */
  readonly offset: number;
  readonly data: Uint8Array;
}

/**
 * Reads the records of a TFRecord file one after the other, holding one in memory. Layout per record, little-endian:
 * length (8 bytes), its masked CRC-32C (4), data, the data's masked CRC-32C (4). Both checksums are verified, and the
 * length is checked against the file's size before anything is allocated. After the first problem nothing follows.
 */
export async function* readTfrecords(path: string): AsyncGenerator<Result<TfRecord>> {
  let file: FileHandle;
  try {
    file = await open(path, 'r');
  } catch (error) {
    yield unreadable(path, error);
    return;
  }
  try {
    const size = (await file.stat()).size;
    if (size === 0) yield badFile('file-empty', path, 'byte 0', 'the file is empty', 'Write it again.');
    let offset = 0;
    for (let index = 0; offset < size; index++) {
      const data = await readRecord(file, path, size, index, offset);
      if (!data.ok) {
        yield data;
        return;
      }
      yield ok({ index, offset, data: data.value });
      offset += 16 + data.value.length;
    }
  } catch (error) {
    yield unreadable(path, error);
  } finally {
    await file.close();
  }
}

/**
 * Where each record of a TFRecord file begins, in bytes. Headers are read and verified, data are skipped, so that a
 * record can be read later by itself with `readTfrecordAt`.
 */
export async function listTfrecords(path: string): Promise<Result<readonly number[]>> {
  return withFile(path, async (file, size) => {
    if (size === 0) return badFile('file-empty', path, 'byte 0', 'the file is empty', 'Write it again.');
    const offsets: number[] = [];
    for (let offset = 0; offset < size;) {
      const length = await readLength(file, path, size, offsets.length, offset);
      if (!length.ok) return length;
      offsets.push(offset);
      offset += 16 + length.value;
    }
    return ok(offsets);
  });
}

/** One record's data, both checksums verified. @param index for the error message only */
export async function readTfrecordAt(
  path: string,
  index: number,
  offset: number,
): Promise<Result<Uint8Array>> {
  return withFile(path, (file, size) => readRecord(file, path, size, index, offset));
}

async function withFile<T>(
  path: string,
  use: (file: FileHandle, size: number) => Promise<Result<T>>,
): Promise<Result<T>> {
  try {
    const file = await open(path, 'r');
    try {
      return await use(file, (await file.stat()).size);
    } finally {
      await file.close();
    }
  } catch (error) {
    return unreadable(path, error);
  }
}

async function readRecord(
  file: FileHandle,
  path: string,
  size: number,
  index: number,
  offset: number,
): Promise<Result<Uint8Array>> {
  const announced = await readLength(file, path, size, index, offset);
  if (!announced.ok) return announced;
  const length = announced.value;
  const place = `record ${index} at byte ${offset}`;
  const body = await readBytes(file, length + 4, offset + 12);
  if (body.length < length + 4) return truncated(path, place, 'the file became shorter while it was read');
  const data = body.subarray(0, length);
  const stored = new DataView(body.buffer, body.byteOffset + length, 4).getUint32(0, true);
  if (stored !== maskedCrc32c(data)) {
    return badFile('file-damaged', path, place, 'the checksum of its data does not match', DAMAGED_HINT);
  }
  return ok(data);
}

/** The length in a record's header, checked against its checksum and the file's size. */
async function readLength(
  file: FileHandle,
  path: string,
  size: number,
  index: number,
  offset: number,
): Promise<Result<number>> {
  const place = `record ${index} at byte ${offset}`;
  const header = await readBytes(file, Math.min(12, size - offset), offset);
  if (index === 0 && header[0] === 0x1f && header[1] === 0x8b) {
    return badFile(
      'file-unsupported',
      path,
      place,
      'it is compressed with gzip',
      'Unpack it with gunzip first.',
    );
  }
  if (header.length < 12)
    return truncated(path, place, `its header has 12 bytes, ${header.length} are there`);
  const view = new DataView(header.buffer, header.byteOffset, 12);
  if (view.getUint32(8, true) !== maskedCrc32c(header.subarray(0, 8))) {
    return badFile('file-damaged', path, place, 'the checksum of its length does not match', DAMAGED_HINT);
  }
  const length = Number(view.getBigUint64(0, true));
  if (length > MAXIMUM_RECORD_BYTES) {
    return tooMany(path, place, `it announces ${length} bytes`, MAXIMUM_RECORD_BYTES);
  }
  if (length + 16 > size - offset) {
    return truncated(path, place, `it announces ${length} bytes, the file ends before`);
  }
  return ok(length);
}

/** Up to `length` bytes; fewer only at the end of the file. */
async function readBytes(file: FileHandle, length: number, position: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(length);
  let filled = 0;
  while (filled < length) {
    const { bytesRead } = await file.read(bytes, filled, length - filled, position + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return bytes.subarray(0, filled);
}

function unreadable(path: string, error: unknown): Failure {
  return badFile(
    'file-unreadable',
    path,
    'the file',
    `it could not be read (${error instanceof Error ? error.message : String(error)})`,
    'Check that it exists and that you may read it.',
  );
}

/** One record as it lies in the file: header, data and both checksums. */
export function frameRecord(data: Uint8Array): Uint8Array {
  const out = new Uint8Array(data.length + 16);
  const view = new DataView(out.buffer);
  view.setBigUint64(0, BigInt(data.length), true);
  view.setUint32(8, maskedCrc32c(out.subarray(0, 8)), true);
  out.set(data, 12);
  view.setUint32(12 + data.length, maskedCrc32c(data), true);
  return out;
}
