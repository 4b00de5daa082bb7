import { PNG } from 'pngjs';
import { ok, type Result } from '../../../shared/result';
import { badFile, truncated } from '../read/problems';
import { exifOrientation, upright } from './orientation';
import { ANIMATED_NOTE, checkPictureSize, type ReadImage } from './types';

/** Reads a PNG of any depth and colour type as 8-bit RGBA; of an animated one the picture that others show. */
export function readPng(bytes: Uint8Array, file: string): Result<ReadImage> {
  if (bytes.length < 33) {
    return truncated(file, `byte ${bytes.length}`, 'a PNG begins with a signature and a header, 33 bytes');
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const failure = checkPictureSize(view.getUint32(16), view.getUint32(20), file, 'byte 16');
  if (failure) return failure;
  const chunks = readChunks(view, file);
  if (!chunks.ok) return chunks;
  const { animated, exif, depth } = chunks.value;
  try {
    const { width, height, data } = PNG.sync.read(Buffer.from(bytes));
    const notes = [
      ...(animated ? [ANIMATED_NOTE] : []),
      ...(depth === 16 ? ['The picture has 16 bits per channel and was reduced to 8.'] : []),
    ];
    const image = { width, height, rgba: new Uint8Array(data), notes };
    return ok(exif ? upright(image, exifOrientation(exif)) : image);
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

interface Chunks {
  readonly animated: boolean;
  readonly depth: number;
  readonly exif: Uint8Array | null;
}

/** Every chunk must lie inside the file, and the last is IEND. */
function readChunks(view: DataView, file: string): Result<Chunks> {
  let animated = false;
  let exif: Uint8Array | null = null;
  for (let at = 8; ;) {
    if (at + 12 > view.byteLength) {
      return truncated(file, `byte ${view.byteLength}`, 'the file ends before the chunk IEND');
    }
    const length = view.getUint32(at);
    const name = String.fromCharCode(...[4, 5, 6, 7].map((i) => view.getUint8(at + i)));
    if (at + 12 + length > view.byteLength) {
      return truncated(file, `byte ${at}`, `a chunk announces ${length} bytes, the file ends before`);
    }
    if (name === 'acTL') animated = true;
    if (name === 'eXIf') exif = new Uint8Array(view.buffer, view.byteOffset + at + 8, length);
    if (name === 'IEND') return ok({ animated, exif, depth: view.getUint8(24) });
    at += 12 + length;
  }
}
