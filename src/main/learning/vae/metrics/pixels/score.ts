import type { AnomalyScores } from '../../../../../shared/contract/explain';
import { auroc, pictureAuroc } from './auroc';
import { rocCurve, scoreHistogram } from './curve';
import { aupro, type MaskedPictures } from './overlap';
import { poolPixels, type Scores } from './pool';
import { bestIou, linearThresholds, quantileThresholds } from './thresholds';

/** Pictures with scores, masks, and what is known of each picture as a whole. */
export interface ScoredPictures extends MaskedPictures {
  /** [N] */
  readonly anomalous: readonly boolean[];
}

/**
 * All scores of one method over a split. Pixels are pooled over all pictures; nothing is scaled per picture.
 * @returns null where no pixel is normal, or none is anomalous: then there is nothing to tell apart
 */
export function scoreMethod(name: AnomalyScores['name'], pictures: ScoredPictures): AnomalyScores | null {
  const pool = poolPixels(pictures.scores, pictures.labels);
  const pixelAuroc = auroc(pool);
  if (pixelAuroc === null) return null;
  return {
    name,
    pixelAuroc,
    pictureAuroc: pictureAuroc(highestPixels(pictures), pictures.anomalous),
    aupro: aupro(pictures, pool.normal),
    bestIou: {
      linear: bestIou(pool, linearThresholds(pool)),
      quantile: bestIou(pool, quantileThresholds(pool)),
    },
    roc: rocCurve(pool),
    histogram: scoreHistogram(pool),
  };
}

/** [N] the highest score of each picture. */
export function highestPixels({ width, height, scores }: Omit<MaskedPictures, 'labels'>): Scores {
  const pixels = width * height;
  return Float64Array.from({ length: scores.length / pixels }, (_, picture) => {
    let highest = Number.NEGATIVE_INFINITY;
    for (let i = picture * pixels; i < (picture + 1) * pixels; i++) highest = Math.max(highest, scores[i]);
    return highest;
  });
}
