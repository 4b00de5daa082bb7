import type { DatasetPicture } from '../../../shared/dataset/pictures';
import { ok, type Result } from '../../../shared/result';
import { checkPictureSize } from '../image/types';
import { badFile, truncated } from '../read/problems';

/** Bytes of the file header and of the smallest information header with a sign for its height. */
const LEAST_BYTES = 54;
const UNCOMPRESSED = 0;

export function isBmp(bytes: Uint8Array): boolean {
  return bytes[0] === 0x42 && bytes[1] === 0x4d;
}

/**
 * Reads an uncompressed Windows bitmap of 1, 4 or 8 bits with a palette or 24 or 32 bits, as masks of old data sets
 * are. Always three channels. Errors name the byte.
 */
export function readBmp(bytes: Uint8Array, file: string): Result<DatasetPicture> {
  if (bytes.length < LEAST_BYTES) {
    return truncated(file, `byte ${bytes.length}`, `a bitmap begins with ${LEAST_BYTES} bytes`);
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const pixelsAt = view.getUint32(10, true);
  const paletteAt = 14 + view.getUint32(14, true);
  const width = view.getInt32(18, true);
  // A negative height says that the first row is the top one.
  const signedHeight = view.getInt32(22, true);
  const height = Math.abs(signedHeight);
  const bits = view.getUint16(28, true);
  const compression = view.getUint32(30, true);
  const failure = checkPictureSize(width, height, file, 'byte 18');
  if (failure) return failure;
  if (compression !== UNCOMPRESSED || ![1, 4, 8, 24, 32].includes(bits)) {
    const what = `uncompressed bitmaps of 1, 4, 8, 24 and 32 bits are read, found ${bits} bits with compression ${compression}`;
    return badFile('file-unsupported', file, 'byte 28', what, 'Save it as PNG.');
  }
  const stride = Math.ceil((width * bits) / 32) * 4;
  const palette = bits <= 8 ? 2 ** bits : 0;
  const colours = view.getUint32(46, true) || palette;
  if (pixelsAt + stride * height > bytes.length || (palette > 0 && paletteAt + colours * 4 > bytes.length)) {
    return truncated(file, `byte ${bytes.length}`, `${width} x ${height} pixels of ${bits} bits need more`);
  }
  const pixels = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++) {
    const row = pixelsAt + (signedHeight > 0 ? height - 1 - y : y) * stride;
    for (let x = 0; x < width; x++) {
      const at = palette > 0 ? colourAt(bytes, row, x, bits, paletteAt, colours) : row + x * (bits / 8);
      for (let c = 0; c < 3; c++) pixels[(y * width + x) * 3 + c] = bytes[at + 2 - c];
    }
  }
  return ok({ width, height, channels: 3, pixels });
}

/** Where a pixel's colour stands in the palette; an index behind its end takes the last colour. */
function colourAt(
  bytes: Uint8Array,
  row: number,
  x: number,
  bits: number,
  paletteAt: number,
  colours: number,
): number {
  const perByte = 8 / bits;
  const shift = 8 - bits * ((x % perByte) + 1);
  const index = (bytes[row + Math.floor(x / perByte)] >> shift) & (2 ** bits - 1);
  return paletteAt + Math.min(index, colours - 1) * 4;
}
