import type { ColourImage } from '../../../shared/dataset/types';
import { overGrid } from '../../learning/cvxnet/input/crop';

/** A rectangle of a picture, pixels. */
export interface PixelBox {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/**
 * A rectangle of a picture, shrunk by area so that no side is longer than `longest`; never enlarged. What lies outside
 * the picture is left transparent.
 */
export function shrinkImage(
  { width, height, rgba }: ColourImage,
  longest: number,
  area: PixelBox = { left: 0, top: 0, width, height },
): ColourImage {
  const scale = Math.min(1, longest / Math.max(area.width, area.height));
  const columns = Math.max(1, Math.round(area.width * scale));
  const rows = Math.max(1, Math.round(area.height * scale));
  const sums = new Float32Array(columns * rows * 4);
  overGrid(area, columns, rows, width, height, (cell, pixel, weight) => {
    const alpha = weight * rgba[pixel * 4 + 3];
    for (let c = 0; c < 3; c++) sums[cell * 4 + c] += alpha * rgba[pixel * 4 + c];
    sums[cell * 4 + 3] += alpha;
  });
  const out = new Uint8Array(sums.length);
  for (let i = 0; i < out.length; i += 4) {
    const alpha = sums[i + 3];
    if (!(alpha > 0)) continue;
    for (let c = 0; c < 3; c++) out[i + c] = Math.round(sums[i + c] / alpha);
    out[i + 3] = Math.round(alpha);
  }
  return { width: columns, height: rows, rgba: out };
}

/** The picture with a mask [height * width], 0 to 255, as its opacity. */
export function withMask(image: ColourImage, mask: Uint8Array): ColourImage {
  const rgba = image.rgba.slice();
  for (let i = 0; i < mask.length; i++) rgba[i * 4 + 3] = mask[i];
  return { ...image, rgba };
}
