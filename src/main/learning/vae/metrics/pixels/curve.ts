import { countBelow, forEachThreshold, scoreRange, type PixelPool, type Scores } from './pool';

/** [false-positive rate, true-positive rate, threshold] */
export type RocRow = readonly [number, number, number];

const STRETCHES = 199;

/**
 * The receiver operating characteristic from (0, 0) to (1, 1), thresholds descending, at most 400 rows. The curve is
 * cut into stretches of equal length (measured along both axes), and each keeps the points farthest above and farthest
 * below the diagonal: the corners, and among them the point of the best balance. What is left out lies within 0.01
 * of what is kept. Empty where there are pixels of one kind only.
 */
export function rocCurve(pool: PixelPool): RocRow[] {
  const { normal, anomalous } = pool;
  if (normal.length === 0 || anomalous.length === 0) return [];
  const [lowest, highest] = scoreRange(pool);
  // Nothing reaches the first threshold; infinity would not survive JSON.
  const above = highest + 2 ** -20 * (highest - lowest || Math.abs(highest) || 1);
  const rows: RocRow[] = [[0, 0, above]];
  let stretch = 0;
  let upper: RocRow | null = null;
  let lower: RocRow | null = null;
  const close = (): void => {
    if (!upper || !lower) return;
    if (upper === lower) rows.push(upper);
    else rows.push(...(upper[0] + upper[1] < lower[0] + lower[1] ? [upper, lower] : [lower, upper]));
    [upper, lower] = [null, null];
  };
  forEachThreshold(pool, (threshold, hits, falseAlarms) => {
    const row: RocRow = [falseAlarms / normal.length, hits / anomalous.length, threshold];
    const own = Math.min(Math.floor(((row[0] + row[1]) / 2) * STRETCHES), STRETCHES - 1);
    if (own !== stretch) close();
    stretch = own;
    const height = row[1] - row[0];
    if (!upper || height > upper[1] - upper[0]) upper = row;
    if (!lower || height <= lower[1] - lower[0]) lower = row;
  });
  close();
  // The last threshold calls everything anomalous, and must end the curve.
  const last = rows[rows.length - 1];
  if (last[0] !== 1 || last[1] !== 1) rows.push([1, 1, lowest]);
  return rows;
}

/** Pixels by score in equal bins from the lowest to the highest score. */
export interface ScoreHistogram {
  /** [bins + 1] */
  readonly edges: readonly number[];
  readonly normal: readonly number[];
  readonly anomalous: readonly number[];
}

/** Every bin holds its lower edge; the last one its upper edge, too. */
export function scoreHistogram(pool: PixelPool, bins = 64): ScoreHistogram {
  const [lowest, highest] = scoreRange(pool);
  const width = (highest - lowest || 1) / bins;
  const edges = Array.from({ length: bins + 1 }, (_, i) =>
    i === bins && highest > lowest ? highest : lowest + i * width,
  );
  const counts = (scores: Scores): number[] =>
    Array.from({ length: bins }, (_, i) => {
      const upTo = i === bins - 1 ? scores.length : countBelow(scores, edges[i + 1]);
      return upTo - countBelow(scores, edges[i]);
    });
  return { edges, normal: counts(pool.normal), anomalous: counts(pool.anomalous) };
}
