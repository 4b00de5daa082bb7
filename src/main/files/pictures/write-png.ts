import { PNG } from 'pngjs';
import type { PixelSize } from '../../../shared/pictures/resize';

/** An 8-bit grey PNG; the same pixels, the same bytes. @param pixels [height * width] */
export function encodeGreyPng({ width, height }: PixelSize, pixels: Uint8Array): Uint8Array {
  const png = new PNG({ width, height });
  Object.assign(png, { data: Buffer.from(pixels) });
  return PNG.sync.write(png, { colorType: 0, inputColorType: 0, bitDepth: 8, inputHasAlpha: false });
}
