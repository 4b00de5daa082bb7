import type { Failure } from '../read/problems';
import { fail } from '../../../shared/result';
import { tooMany } from '../read/problems';

/** A colour picture as its file has it, turned upright. */
export interface ReadImage {
  readonly width: number;
  readonly height: number;
  /** [height * width * 4] sRGB and opacity, not premultiplied, 8 bits. */
  readonly rgba: Uint8Array;
  /** What was done to it, plain sentences. */
  readonly notes: readonly string[];
}

/** 64 megapixels: 256 MB in memory. */
export const MAXIMUM_PIXELS = 64 * 1024 * 1024;
/** On fewer pixels than this in a row no object can be told. */
export const LEAST_SIDE = 8;

export const ANIMATED_NOTE = 'The picture is animated; its first frame is used.';

/** Errors for a picture that shows nothing or is larger than is read; checked before anything is unpacked. */
export function checkPictureSize(width: number, height: number, file: string, place: string): Failure | null {
  const size = `the picture is ${width} x ${height} pixels`;
  if (width < LEAST_SIDE || height < LEAST_SIDE) {
    return fail({
      code: 'image-too-small',
      message: `${file}, ${place}: ${size}, too small to see anything in it.`,
      hint: `Use a picture of at least ${LEAST_SIDE} x ${LEAST_SIDE} pixels; 64 or more on the object are good.`,
    });
  }
  return width * height > MAXIMUM_PIXELS
    ? tooMany(file, place, `${size}, ${Math.round((width * height) / 1e6)} megapixels`, MAXIMUM_PIXELS)
    : null;
}
