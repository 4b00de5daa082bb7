import { ok, type Result } from '../../../shared/result';
import { badFile, tooMany } from '../read/problems';

/** An array of an IDX file (MNIST's format): unsigned bytes. */
export interface IdxArray {
  readonly shape: readonly number[];
  readonly values: Uint8Array;
}

const UNSIGNED_BYTE = 0x08;
const MOST_VALUES = 1_000_000_000;

/** Whether bytes begin as an IDX file of unsigned bytes does. */
export function isIdx(bytes: Uint8Array): boolean {
  return bytes.length >= 8 && bytes[0] === 0 && bytes[1] === 0 && bytes[2] === UNSIGNED_BYTE && bytes[3] <= 4;
}

/** Reads an IDX file of unsigned bytes; errors name the byte. */
export function readIdx(bytes: Uint8Array, file: string): Result<IdxArray> {
  const damaged = (place: string, what: string) =>
    badFile('file-damaged', file, place, what, 'Copy the file again; MNIST files are IDX of unsigned bytes.');
  if (!isIdx(bytes)) return damaged('byte 0', 'it is no IDX file of unsigned bytes');
  const dimensions = bytes[3];
  const start = 4 + 4 * dimensions;
  if (dimensions === 0 || bytes.length < start) return damaged('byte 3', 'its header is cut off');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const shape = Array.from({ length: dimensions }, (_, i) => view.getUint32(4 + 4 * i));
  const wanted = shape.reduce((product, size) => product * size, 1);
  if (wanted > MOST_VALUES) return tooMany(file, 'byte 4', `it claims ${wanted} values`, MOST_VALUES);
  if (bytes.length - start !== wanted) {
    return damaged(
      `byte ${start}`,
      `it holds ${bytes.length - start} values where its header claims ${shape.join(' x ')} = ${wanted}`,
    );
  }
  return ok({ shape, values: bytes.subarray(start) });
}
