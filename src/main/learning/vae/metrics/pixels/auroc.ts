import { countBelow, countUpTo, poolPixels, type PixelPool, type Scores } from './pool';

/**
 * Area under the receiver operating characteristic as Mann and Whitney's statistic: the share of pairs of an anomalous
 * and a normal pixel in which the anomalous one scores higher, ties at half (mid-ranks). 0 to 1; null where there are
 * pixels of one kind only.
 */
export function auroc({ normal, anomalous }: PixelPool): number | null {
  if (normal.length === 0 || anomalous.length === 0) return null;
  // Both lists ascend, so the places of one anomalous pixel begin where those of the one before ended.
  let [below, upTo] = [0, 0];
  let halves = 0;
  for (let i = 0; i < anomalous.length; i++) {
    const score = anomalous[i];
    while (below < normal.length && normal[below] < score) below++;
    if (upTo < below) upTo = below;
    while (upTo < normal.length && normal[upTo] <= score) upTo++;
    halves += below + upTo;
  }
  return halves / 2 / anomalous.length / normal.length;
}

/**
 * The same for whole pictures, each by its highest pixel.
 * @param highest [N] finite
 * @param anomalous [N]
 */
export function pictureAuroc(highest: Scores, anomalous: readonly boolean[]): number | null {
  return auroc(poolPixels(highest, Uint8Array.from(anomalous, Number)));
}

/**
 * Area between the false-positive axis and the curve of one anomalous pixel's detection, from 0 to a most rate: the
 * pixel is found from the rate at which its score becomes the threshold on. Ties are a straight ramp, which gives
 * mid-ranks at a most rate of 1.
 */
export function detectionArea(normal: Scores, score: number, mostRate: number): number {
  const from = 1 - countUpTo(normal, score) / normal.length;
  const to = 1 - countBelow(normal, score) / normal.length;
  if (from >= mostRate) return 0;
  if (to <= mostRate) return mostRate - (from + to) / 2;
  return (mostRate - from) ** 2 / (2 * (to - from));
}
