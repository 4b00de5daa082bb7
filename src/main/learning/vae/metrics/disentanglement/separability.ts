import { factorColumn, latentColumn, topTwo, type CodeSample } from './codes';

/** One line per class over a single feature: slope and intercept. */
export type Lines = readonly (readonly [slope: number, intercept: number])[];

const MARGIN_WEIGHT = 0.01;
const MOST_STEPS = 100;

/**
 * Linear support vector machines on one feature, one class against the rest: (w^2 + b^2) / 2 plus 0.01 times the
 * squared hinge losses, those of the class weighted by N / (K N_k) (liblinear's with balanced classes, as
 * scikit-learn's LinearSVC calls it). Of two classes there is one machine, and both are weighted.
 * @param labels [N] below `classes`; a class without samples gets a line that never wins
 */
export function fitLines(feature: Float64Array, labels: Uint16Array, classes: number): Lines {
  const counts = Array.from({ length: classes }, () => 0);
  for (const label of labels) counts[label]++;
  const present = counts.filter((count) => count > 0).length;
  const weight = (k: number): number => labels.length / (present * counts[k]);
  return counts.map((count, k): readonly [number, number] => {
    if (count === 0) return [0, Number.NEGATIVE_INFINITY];
    const other = counts.findIndex((many, i) => i !== k && many > 0);
    const rest = present === 2 ? weight(other) : 1;
    return fitLine(feature, labels, k, weight(k), rest);
  });
}

/** Newton's method with halving; the function is convex and piecewise quadratic. */
function fitLine(
  feature: Float64Array,
  labels: Uint16Array,
  own: number,
  ownWeight: number,
  restWeight: number,
): readonly [number, number] {
  const evaluate = (w: number, b: number) => {
    let value = (w * w + b * b) / 2;
    let [gw, gb, hww, hwb, hbb] = [w, b, 1, 0, 1];
    for (let i = 0; i < feature.length; i++) {
      const side = labels[i] === own ? 1 : -1;
      const x = feature[i];
      const missing = 1 - side * (w * x + b);
      if (missing <= 0) continue;
      const c = MARGIN_WEIGHT * (side === 1 ? ownWeight : restWeight);
      value += c * missing * missing;
      const slope = -2 * c * side * missing;
      gw += slope * x;
      gb += slope;
      hww += 2 * c * x * x;
      hwb += 2 * c * x;
      hbb += 2 * c;
    }
    return { value, gw, gb, hww, hwb, hbb };
  };
  let [w, b] = [0, 0];
  let here = evaluate(w, b);
  const enough = 1e-9 * Math.max(Math.abs(here.gw), Math.abs(here.gb), 1);
  for (let step = 0; step < MOST_STEPS; step++) {
    const { gw, gb, hww, hwb, hbb } = here;
    if (Math.max(Math.abs(gw), Math.abs(gb)) <= enough) break;
    const determinant = hww * hbb - hwb * hwb;
    const dw = (hwb * gb - hbb * gw) / determinant;
    const db = (hwb * gw - hww * gb) / determinant;
    let length = 1;
    let next = evaluate(w + dw, b + db);
    while (next.value > here.value && length > 1e-9) {
      length /= 2;
      next = evaluate(w + length * dw, b + length * db);
    }
    if (next.value >= here.value) break;
    [w, b, here] = [w + length * dw, b + length * db, next];
  }
  return [w, b];
}

/** The share of samples whose highest line is their class's. */
export function lineAccuracy(lines: Lines, feature: Float64Array, labels: Uint16Array): number {
  let right = 0;
  for (let i = 0; i < labels.length; i++) {
    let [best, highest] = [-1, Number.NEGATIVE_INFINITY];
    for (let k = 0; k < lines.length; k++) {
      const height = lines[k][0] * feature[i] + lines[k][1];
      if (height > highest) [best, highest] = [k, height];
    }
    if (best === labels[i]) right++;
  }
  return right / labels.length;
}

/**
 * Separated attribute predictability (Kumar et al. 2018): the mean over factors of the lead of the most predictive
 * latent over the next, by held-out accuracy of a linear support vector machine on that latent alone.
 */
export function separability(train: CodeSample, test: CodeSample, factor: number): number {
  const [own, held] = [factorColumn(train, factor), factorColumn(test, factor)];
  const scores = Array.from({ length: train.latent }, (_, j) => {
    const lines = fitLines(latentColumn(train, j), own, train.factors[factor]);
    return lineAccuracy(lines, latentColumn(test, j), held);
  });
  const [first, second] = topTwo(scores);
  return first - second;
}
