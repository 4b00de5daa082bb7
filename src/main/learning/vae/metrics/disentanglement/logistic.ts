import { minimise } from './minimise';
import type { Pace } from './codes';

/** A linear classifier: the highest of W x + b. */
export interface LinearClassifier {
  readonly inputs: number;
  readonly classes: number;
  /** [classes, inputs + 1], the last of a row is b. */
  readonly weights: Float64Array;
}

/**
 * Multinomial logistic regression, minimising |W|^2 / 2 plus the summed cross-entropy (scikit-learn's with C = 1): b is
 * not held small. The minimum is unique up to a shift of b that changes no probability.
 * @param features [N, inputs]
 * @param labels [N] below `classes`
 */
export async function fitLogistic(
  features: Float64Array,
  labels: Uint16Array,
  inputs: number,
  classes: number,
  pace: Pace,
): Promise<LinearClassifier> {
  const width = inputs + 1;
  const loss = (weights: Float64Array, gradient: Float64Array): number => {
    let value = 0;
    for (let i = 0; i < weights.length; i++) {
      const own = i % width === inputs ? 0 : weights[i];
      gradient[i] = own;
      value += (own * own) / 2;
    }
    const scores = new Float64Array(classes);
    for (let n = 0; n < labels.length; n++) {
      score(scores, weights, features, n, inputs);
      const highest = scores.reduce((a, b) => Math.max(a, b));
      let total = 0;
      for (let k = 0; k < classes; k++) total += Math.exp(scores[k] - highest);
      value += Math.log(total) + highest - scores[labels[n]];
      for (let k = 0; k < classes; k++) {
        const error = Math.exp(scores[k] - highest) / total - Number(k === labels[n]);
        for (let i = 0; i < inputs; i++) gradient[k * width + i] += error * features[n * inputs + i];
        gradient[k * width + inputs] += error;
      }
    }
    return value;
  };
  const weights = await minimise(loss, new Float64Array(classes * width), pace);
  return { inputs, classes, weights };
}

/** [N] the class of each row; of equal ones the first. */
export function classify(
  { inputs, classes, weights }: LinearClassifier,
  features: Float64Array,
): Uint16Array {
  const scores = new Float64Array(classes);
  return Uint16Array.from({ length: features.length / inputs }, (_, n) => {
    score(scores, weights, features, n, inputs);
    let best = 0;
    for (let k = 1; k < classes; k++) if (scores[k] > scores[best]) best = k;
    return best;
  });
}

function score(
  scores: Float64Array,
  weights: Float64Array,
  features: Float64Array,
  n: number,
  inputs: number,
): void {
  for (let k = 0; k < scores.length; k++) {
    const row = k * (inputs + 1);
    let sum = weights[row + inputs];
    for (let i = 0; i < inputs; i++) sum += weights[row + i] * features[n * inputs + i];
    scores[k] = sum;
  }
}
