import type { Random } from '../../../../../shared/random';
import { randomValues, type CodeSource, type Pace } from './codes';
import { classify, fitLogistic } from './logistic';

/** Points of the beta-VAE score: features row by row, and the factor that each row held. */
export interface DifferencePoints {
  readonly latent: number;
  /** [N, D] */
  readonly features: Float64Array;
  /** [N] */
  readonly labels: Uint16Array;
}

const POINTS_AT_ONCE = 100;

/**
 * Each point holds one random factor in pairs of pictures, whose other factors are independent; its feature is the
 * mean over the pairs of the absolute difference of their codes (Higgins et al. 2017).
 */
export async function collectDifferences(
  source: CodeSource,
  { count, pairs }: { readonly count: number; readonly pairs: number },
  random: Random,
  pace: Pace,
): Promise<DifferencePoints> {
  const { factors, latent } = source;
  const features = new Float64Array(count * latent);
  const labels = new Uint16Array(count);
  for (let first = 0; first < count; first += POINTS_AT_ONCE) {
    await pace(first / count);
    const here = Math.min(POINTS_AT_ONCE, count - first);
    const total = here * pairs;
    const values = randomValues(factors, 2 * total, random);
    for (let point = 0; point < here; point++) {
      const k = random.integer(factors.length);
      labels[first + point] = k;
      for (let i = point * pairs; i < (point + 1) * pairs; i++) {
        values[(total + i) * factors.length + k] = values[i * factors.length + k];
      }
    }
    const codes = await source.draw(values);
    for (let i = 0; i < total; i++) {
      const row = (first + Math.floor(i / pairs)) * latent;
      for (let j = 0; j < latent; j++) {
        features[row + j] += Math.abs(codes[i * latent + j] - codes[(total + i) * latent + j]) / pairs;
      }
    }
  }
  return { latent, features, labels };
}

/** Accuracy on held-out points of a linear classifier of the held factor. */
export async function betaVaeScore(
  train: DifferencePoints,
  test: DifferencePoints,
  factors: number,
  pace: Pace,
): Promise<number> {
  const model = await fitLogistic(train.features, train.labels, train.latent, factors, pace);
  const found = classify(model, test.features);
  let right = 0;
  found.forEach((label, i) => (right += Number(label === test.labels[i])));
  return right / test.labels.length;
}
