import { PNG } from 'pngjs';
import { ok, type Result } from '../../../shared/result';
import { READ_LIMITS } from './limits';
import { badFile, tooMany, truncated, type Failure } from './problems';
import type { ReadDepth } from './types';

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const COLOUR_NAMES: Readonly<Record<number, string>> = {
  0: 'grey',
  2: 'RGB',
  3: 'palette',
  4: 'grey with alpha',
  6: 'RGB with alpha',
};

/** Reads a depth image from a 16-bit grey PNG. Anything else is a picture, not depth, and is refused by name. */
export function readPngDepth(bytes: Uint8Array, file: string): Result<ReadDepth> {
  if (bytes.length === 0)
    return badFile('file-empty', file, 'byte 0', 'the file is empty', 'Export it again.');
  const header = readPngHeader(bytes, file);
  if (!header.ok) return header;
  const { width, height } = header.value;
  const failure = walkChunks(bytes, file);
  if (failure) return failure;
  try {
    const image = PNG.sync.read(Buffer.from(bytes), { skipRescale: true });
    // Four 16-bit samples per pixel, whatever the file has; grey is the first three.
    const samples = image.data as unknown as Uint16Array;
    const values = new Float32Array(width * height);
    for (let i = 0; i < values.length; i++) values[i] = samples[i * 4];
    return ok({ kind: 'depth', width, height, values, notes: [] });
  } catch (error) {
    return badFile(
      'file-damaged',
      file,
      'the image data',
      `it cannot be unpacked (${(error as Error).message})`,
      'The file looks damaged: copy or export it again.',
    );
  }
}

function readPngHeader(bytes: Uint8Array, file: string): Result<{ width: number; height: number }> {
  if (bytes.length < 33) {
    return truncated(file, `byte ${bytes.length}`, 'a PNG begins with a signature and a header, 33 bytes');
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (SIGNATURE.some((byte, i) => bytes[i] !== byte) || view.getUint32(12) !== 0x49484452) {
    return badFile(
      'file-damaged',
      file,
      'byte 0',
      'a PNG begins with its signature and IHDR',
      'Export it again.',
    );
  }
  const width = view.getUint32(16);
  const height = view.getUint32(20);
  const depth = bytes[24];
  const colour = bytes[25];
  if (depth !== 16 || colour !== 0) {
    return badFile(
      'not-depth',
      file,
      'byte 24',
      `a depth image is 16-bit grey, this is ${depth}-bit ${COLOUR_NAMES[colour] ?? `colour type ${colour}`}`,
      'Open the depth map itself (16-bit PNG, EXR or NPY), not a picture or a coloured rendering of it.',
    );
  }
  if (bytes[28] !== 0) {
    return badFile(
      'file-unsupported',
      file,
      'byte 28',
      'interlaced PNG is not read',
      'Save it without interlacing.',
    );
  }
  const failure = checkImageSize(width, height, file, 'byte 16');
  return failure ?? ok({ width, height });
}

/** Errors for an image without pixels or with more than are read. */
export function checkImageSize(width: number, height: number, file: string, place: string): Failure | null {
  const size = `the image is ${width} x ${height}`;
  if (!(width >= 1 && height >= 1)) {
    return badFile('file-damaged', file, place, `${size}, without a pixel`, 'Export it again.');
  }
  if (width > READ_LIMITS.imageSide || height > READ_LIMITS.imageSide) {
    return tooMany(file, place, size, READ_LIMITS.imageSide);
  }
  return width * height > READ_LIMITS.imagePixels
    ? tooMany(file, place, size, READ_LIMITS.imagePixels)
    : null;
}

/** Finds where a file is cut off: every chunk must lie inside, and the last is IEND. */
function walkChunks(bytes: Uint8Array, file: string): Failure | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let data = 0;
  for (let at = 8; ;) {
    if (at + 12 > bytes.length)
      return truncated(file, `byte ${bytes.length}`, 'the file ends before the chunk IEND');
    const length = view.getUint32(at);
    const name = view.getUint32(at + 4);
    if (at + 12 + length > bytes.length) {
      return truncated(file, `byte ${at}`, `a chunk announces ${length} bytes, the file ends before`);
    }
    if (name === 0x49444154) data += length;
    if (name === 0x49454e44) break;
    at += 12 + length;
  }
  return data > 0 ? null : truncated(file, 'the image data', 'the file has none');
}
