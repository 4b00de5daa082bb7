import type { PixelSize } from '../../../shared/pictures/resize';
import { fail, ok, type Result } from '../../../shared/result';
import { readPicture } from './read-picture';

/** What does not belong in a picture. */
export interface TrueMask extends PixelSize {
  /** [height * width] 255 where something does not belong, 0 elsewhere */
  readonly mask: Uint8Array;
}

/** Nothing that does not belong: the mask of a normal picture. */
export function emptyMask({ width, height }: PixelSize): TrueMask {
  return { width, height, mask: new Uint8Array(width * height) };
}

/**
 * Reads a mask: whatever is not black counts. Errors: those of a picture, or a mask that is not of its picture's size,
 * which names both files.
 */
export async function readMask(
  bytes: Uint8Array,
  file: string,
  picture: PixelSize & { readonly file: string },
): Promise<Result<TrueMask>> {
  const read = await readPicture(bytes, file);
  if (!read.ok) return read;
  const { width, height, channels, pixels } = read.value;
  if (width !== picture.width || height !== picture.height) {
    return fail({
      code: 'mask-size',
      message: `${file}: the mask is ${width} x ${height} pixels, its picture ${picture.file} is ${picture.width} x ${picture.height}.`,
      hint: 'Save the mask at the size of its picture, without margins.',
    });
  }
  const mask = Uint8Array.from({ length: width * height }, (_, i) => {
    const at = i * channels;
    return pixels.subarray(at, at + channels).some((value) => value > 0) ? 255 : 0;
  });
  return ok({ width, height, mask });
}
