import { countBelow, forEachThreshold, scoreRange, type PixelPool } from './pool';

/** The best of a sweep. A pixel is called anomalous where its score is at least the threshold. */
export interface BestIou {
  readonly iou: number;
  readonly threshold: number;
}

const STEPS = 100;

/** Intersection over union of the called and the marked pixels; 0 where there are none of either. */
export function iouAt({ normal, anomalous }: PixelPool, threshold: number): number {
  const hits = anomalous.length - countBelow(anomalous, threshold);
  const falseAlarms = normal.length - countBelow(normal, threshold);
  const union = anomalous.length + falseAlarms;
  return union === 0 ? 0 : hits / union;
}

/** The best intersection over union at any of some thresholds: an oracle, since it is chosen by the masks. */
export function bestIou(pool: PixelPool, thresholds: Iterable<number>): BestIou {
  let best: BestIou = { iou: -1, threshold: Number.NaN };
  for (const threshold of thresholds) {
    const iou = iouAt(pool, threshold);
    if (iou > best.iou) best = { iou, threshold };
  }
  return best;
}

/** 100 equal steps from the lowest score, without it, to the highest. */
export function linearThresholds(pool: PixelPool): number[] {
  const [lowest, highest] = scoreRange(pool);
  return Array.from({ length: STEPS }, (_, i) =>
    i === STEPS - 1 ? highest : lowest + ((i + 1) / STEPS) * (highest - lowest),
  );
}

/** The scores at 100 equal steps of rank, from the lowest score on: step i has i percent of all pixels before it. */
export function quantileThresholds(pool: PixelPool): number[] {
  const total = pool.normal.length + pool.anomalous.length;
  const ranks = Array.from({ length: STEPS }, (_, i) => Math.floor((i / STEPS) * total));
  const thresholds: number[] = [];
  forEachThreshold(pool, (threshold, anomalousAtLeast, normalAtLeast) => {
    const before = total - anomalousAtLeast - normalAtLeast;
    while (thresholds.length < STEPS && ranks[STEPS - 1 - thresholds.length] >= before) {
      thresholds.push(threshold);
    }
  });
  return thresholds.reverse();
}
