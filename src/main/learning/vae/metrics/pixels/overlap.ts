import { detectionArea } from './auroc';
import type { Scores } from './pool';
import { connectedRegions } from './regions';

/** The highest false-positive rate that counts, as MVTec AD has it. */
export const MOST_FALSE_POSITIVES = 0.3;

/** Pictures of one size, one after another. */
export interface MaskedPictures {
  readonly width: number;
  readonly height: number;
  /** [N, height, width] */
  readonly scores: Scores;
  /** [N, height, width] not 0 where something does not belong. */
  readonly labels: Uint8Array;
}

/**
 * Area under the per-region overlap (Bergmann et al. 2021): at every threshold the mean over connected regions of
 * the share of the region that is found, over the false-positive rate of all normal pixels from 0 to `mostRate`,
 * divided by `mostRate`. A small region counts as much as a large one. 0 to 1; null without regions or normal pixels.
 *
 * The mean over regions is linear, so each pixel adds its own area, weighted by one over regions times region size.
 * @param normal scores of all normal pixels, ascending
 */
export function aupro(
  { width, height, scores, labels }: MaskedPictures,
  normal: Scores,
  mostRate = MOST_FALSE_POSITIVES,
): number | null {
  if (normal.length === 0) return null;
  const pixels = width * height;
  let [regions, sum] = [0, 0];
  for (let start = 0; start < labels.length; start += pixels) {
    const found = connectedRegions(labels.subarray(start, start + pixels), width, height);
    if (found.count === 0) continue;
    regions += found.count;
    for (let i = 0; i < pixels; i++) {
      const region = found.labels[i];
      if (region === 0) continue;
      sum += detectionArea(normal, scores[start + i], mostRate) / found.sizes[region - 1];
    }
  }
  return regions === 0 ? null : sum / regions / mostRate;
}
