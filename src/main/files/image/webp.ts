import { ok, type Result } from '../../../shared/result';
import { badFile, truncated } from '../read/problems';
import { exifOrientation, upright } from './orientation';
import { ANIMATED_NOTE, checkPictureSize, type ReadImage } from './types';

interface Chunk {
  readonly name: string;
  readonly data: Uint8Array;
}

/** Flags of VP8X (WebP container specification). */
const ANIMATED = 0x02;
const ALPHA = 0x10;

/** Reads a WebP, lossy or lossless, with opacity; of an animated one the first frame. */
export async function readWebp(bytes: Uint8Array, file: string): Promise<Result<ReadImage>> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 30) return truncated(file, `byte ${bytes.length}`, 'a WebP has at least 30 bytes');
  const announced = view.getUint32(4, true) + 8;
  if (announced > bytes.length) {
    return truncated(file, `byte ${bytes.length}`, `the header announces ${announced} bytes`);
  }
  const chunks = readChunks(bytes.subarray(12, announced), file);
  if (!chunks.ok) return chunks;
  const extended = chunks.value.find(({ name }) => name === 'VP8X');
  const animated = extended !== undefined && (extended.data[0] & ANIMATED) !== 0;
  const still = animated ? firstFrame(chunks.value) : bytes;
  const size = still && pictureSize(still);
  if (!still || !size) {
    return badFile('file-damaged', file, 'byte 12', 'it holds no picture', 'Export it again.');
  }
  const failure = checkPictureSize(size[0], size[1], file, 'the header');
  if (failure) return failure;
  const exif = chunks.value.find(({ name }) => name === 'EXIF');
  try {
    // The decoder reads its WebAssembly file when it is loaded: only who opens a WebP waits for that.
    const { decode } = await import('@cwasm/webp');
    const { width, height, data } = decode(still);
    const notes = animated ? [ANIMATED_NOTE] : [];
    const image = { width, height, rgba: new Uint8Array(data.buffer, data.byteOffset, data.length), notes };
    return ok(exif ? upright(image, exifOrientation(exif.data)) : image);
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

function readChunks(body: Uint8Array, file: string): Result<Chunk[]> {
  const view = new DataView(body.buffer, body.byteOffset, body.byteLength);
  const chunks: Chunk[] = [];
  for (let at = 0; at + 8 <= body.length;) {
    const length = view.getUint32(at + 4, true);
    if (at + 8 + length > body.length) {
      return truncated(file, `byte ${at + 12}`, `a chunk announces ${length} bytes, the file ends before`);
    }
    const name = String.fromCharCode(...body.subarray(at, at + 4));
    chunks.push({ name, data: body.subarray(at + 8, at + 8 + length) });
    at += 8 + length + (length % 2);
  }
  return ok(chunks);
}

/** The first frame of an animation as a WebP of its own; null when there is none. */
function firstFrame(chunks: readonly Chunk[]): Uint8Array | null {
  const frame = chunks.find(({ name }) => name === 'ANMF');
  if (!frame || frame.data.length < 24) return null;
  const header = frame.data;
  const body = header.subarray(16);
  const hasAlpha = String.fromCharCode(...body.subarray(0, 4)) === 'ALPH';
  const extended = new Uint8Array(18);
  extended.set([0x56, 0x50, 0x38, 0x58, 10, 0, 0, 0, hasAlpha ? ALPHA : 0]);
  // The frame's width and height less one, as VP8X wants them.
  extended.set(header.subarray(6, 12), 12);
  const out = new Uint8Array(12 + extended.length + body.length);
  out.set([0x52, 0x49, 0x46, 0x46]);
  new DataView(out.buffer).setUint32(4, out.length - 8, true);
  out.set([0x57, 0x45, 0x42, 0x50], 8);
  out.set(extended, 12);
  out.set(body, 12 + extended.length);
  return out;
}

/** [width, height] by the first chunk; null when it is of no known kind. */
function pictureSize(webp: Uint8Array): [number, number] | null {
  const view = new DataView(webp.buffer, webp.byteOffset, webp.byteLength);
  if (webp.length < 30) return null;
  switch (String.fromCharCode(...webp.subarray(12, 16))) {
    case 'VP8X':
      return [1 + (view.getUint32(24, true) & 0xffffff), 1 + (view.getUint32(26, true) >>> 8)];
    case 'VP8L': {
      const bits = view.getUint32(21, true);
      return [1 + (bits & 0x3fff), 1 + ((bits >>> 14) & 0x3fff)];
    }
    case 'VP8 ':
      return [view.getUint16(26, true) & 0x3fff, view.getUint16(28, true) & 0x3fff];
    default:
      return null;
  }
}
