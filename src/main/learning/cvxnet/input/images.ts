import type { ColourImage, DepthImage } from '../../../../shared/dataset/types';
import { cropAround, overCrop, type Crop } from './crop';

/** Spread of depth that fills the input's range, in object sizes. */
const DEPTH_RANGE = 1.5;
/** The colour behind an object, for networks that see no coverage; as in the renderings of 3D-R2N2. */
const BACKGROUND = 1;

/**
 * A depth picture as a network sees it, [S, S, 1]: 0 where nothing was measured, else 0.5 at the middle of the
 * measured depths, more where it is nearer, one unit over 1.5 times the object's size. Independent of the distance
 * and of the unit. Null when nothing was measured.
 *
 * @param focal length in pixels of the same picture; gives the object's size from that of its square
 */
export function depthInput(
  { width, height, depth }: DepthImage,
  focal: number,
  size: number,
): Float32Array | null {
  const crop = cropAround(depth, width, height);
  if (crop === null) return null;
  const measured = Float32Array.from(depth.filter((z) => z > 0)).sort();
  const middle =
    (measured[Math.floor(measured.length * 0.02)] + measured[Math.floor((measured.length - 1) * 0.98)]) / 2;
  const range = (DEPTH_RANGE * crop.size * middle) / focal;
  return cellDepths({ width, height, depth }, crop, size).map((z) =>
    z === 0 ? 0 : Math.min(1, Math.max(0.05, 0.5 - (z - middle) / range)),
  );
}

/** Mean of the measured depths in each cell of a square grid over a crop, [S, S]; 0 where less than half is measured. */
export function cellDepths({ width, height, depth }: DepthImage, crop: Crop, size: number): Float32Array {
  const sums = new Float32Array(size * size);
  const weights = new Float32Array(size * size);
  overCrop(crop, size, width, height, (cell, pixel, weight) => {
    const z = depth[pixel];
    if (!(z > 0)) return;
    sums[cell] += weight * z;
    weights[cell] += weight;
  });
  // A cell that the object covers for less than half is background; a mean over the edge would float in the air.
  return sums.map((sum, cell) => (weights[cell] < 0.5 ? 0 : sum / weights[cell]));
}

/**
 * A colour picture as a network sees it, [S, S, channels]: 3 channels over white, or 4 with coverage, the colours
 * then over black; values 0 to 1. Null when the object covers nothing.
 */
export function colourInput(
  { width, height, rgba }: ColourImage,
  size: number,
  channels: 3 | 4,
): Float32Array | null {
  const coverage = Float32Array.from({ length: width * height }, (_, i) => (rgba[i * 4 + 3] > 127 ? 1 : 0));
  const crop = cropAround(coverage, width, height);
  if (crop === null) return null;
  const out = new Float32Array(size * size * channels);
  const alpha = new Float32Array(size * size);
  overCrop(crop, size, width, height, (cell, pixel, weight) => {
    const covered = (weight * rgba[pixel * 4 + 3]) / 255;
    alpha[cell] += covered;
    for (let c = 0; c < 3; c++) out[cell * channels + c] += (covered * rgba[pixel * 4 + c]) / 255;
  });
  for (let cell = 0; cell < size * size; cell++) {
    if (channels === 4) out[cell * 4 + 3] = alpha[cell];
    else for (let c = 0; c < 3; c++) out[cell * 3 + c] += (1 - alpha[cell]) * BACKGROUND;
  }
  return out;
}

/** What a network of `channels` sees of nothing, [S, S, channels]: colour over white, else zeros. */
export function emptyInput(size: number, channels: number): Float32Array {
  return new Float32Array(size * size * channels).fill(channels === 3 ? BACKGROUND : 0);
}
