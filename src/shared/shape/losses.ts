import type { Numbers } from '../geometry/types';
import { isInactive } from './pack';

/** Weights of the five losses in the total, and their constants. */
export interface LossWeights {
  readonly sample: number;
  /** Factor of the near-surface samples inside the sample loss. */
  readonly surface: number;
  readonly overlap: number;
  readonly balance: number;
  readonly center: number;
  readonly bbx: number;
  /** How many parts may cover a point freely. */
  readonly overlapTolerance: number;
  /** Interior samples that guide each part. */
  readonly nearest: number;
}

/** The reference's: CvxNet (Deng et al., CVPR 2020) and its code. */
export const REFERENCE_WEIGHTS: LossWeights = {
  sample: 1,
  surface: 0.1,
  overlap: 0.1,
  balance: 0.01,
  center: 0.001,
  bbx: 1,
  overlapTolerance: 2,
  nearest: 20,
};

export interface LossInputs {
  readonly dims: 2 | 3;
  readonly parts: number;
  readonly planes: number;
  /** [N, D]: `boxCount` samples uniform in the box, then the near-surface ones. */
  readonly points: Numbers;
  /** [N] occupancies; above 0.5 is inside. */
  readonly labels: Numbers;
  readonly boxCount: number;
  /** [K, M] with M = N + K: the K translations are evaluated after the samples. */
  readonly indicator: Numbers;
  /** Distance between the rows of `indicator` and of its gradient; M when absent. */
  readonly stride?: number;
  /** [K, H]; padding planes do not count. */
  readonly offsets: Numbers;
  /** [K, D] */
  readonly translations: Numbers;
}

export interface LossValues {
  readonly total: number;
  readonly sample: number;
  readonly overlap: number;
  readonly balance: number;
  readonly center: number;
  readonly bbx: number;
  /** Samples with label above 0.5. At 0 the localisation loss is left out instead of charging a made-up distance. */
  readonly interior: number;
}

/** Direct partial derivatives of the total; what flows through the indicators is the field's business. */
export interface LossGradient {
  /** [K, M] with the stride of the inputs. */
  readonly indicator: Float32Array | Float64Array;
  /** [K, H] */
  readonly offsets: Float32Array | Float64Array;
  /** [K, D] */
  readonly translations: Float32Array | Float64Array;
}

export function createLossGradient(inputs: LossInputs): LossGradient {
  const stride = inputs.stride ?? inputs.labels.length + inputs.parts;
  return {
    indicator: new Float64Array(inputs.parts * stride),
    offsets: new Float64Array(inputs.parts * inputs.planes),
    translations: new Float64Array(inputs.parts * inputs.dims),
  };
}

/**
 * The five losses of CvxNet and the derivative of their weighted total, written over `gradient`:
 * approximation  mean_box (g - O)^2 + 0.1 mean_surface (g - O)^2 with O = max_k C_k, to the first winner on ties;
 * decomposition  mean over N + K queries of relu(sum_k C_k - 2)^2;
 * guidance       mean over parts and the 20 largest g C_k of (1 - g C_k)^2, the selection carrying no gradient;
 * parameters     mean of d^2;   localisation  mean over parts of min over interior samples of |c_k - x|^2.
 * An empty sample set contributes 0. Needs at least `nearest` samples.
 */
export function evaluateLosses(
  inputs: LossInputs,
  gradient: LossGradient,
  weights: LossWeights = REFERENCE_WEIGHTS,
): LossValues {
  const { labels, parts } = inputs;
  if (labels.length < weights.nearest) {
    throw new RangeError(
      `The guidance loss needs at least ${weights.nearest} samples, got ${labels.length}.`,
    );
  }
  gradient.indicator.fill(0);
  gradient.offsets.fill(0);
  gradient.translations.fill(0);
  const interior = interiorSamples(labels);
  const stride = inputs.stride ?? labels.length + parts;
  const [sample, overlap] = sampleAndOverlap(inputs, stride, gradient, weights);
  const balance = guidance(inputs, stride, interior, gradient, weights);
  const center = meanSquaredOffset(inputs, gradient, weights);
  const bbx = localisation(inputs, interior, gradient, weights);
  const total =
    weights.sample * sample +
    weights.overlap * overlap +
    weights.balance * balance +
    weights.center * center +
    weights.bbx * bbx;
  return { total, sample, overlap, balance, center, bbx, interior: interior.length };
}

function interiorSamples(labels: Numbers): Int32Array {
  const places = new Int32Array(labels.length);
  let count = 0;
  for (let n = 0; n < labels.length; n++) if (labels[n] > 0.5) places[count++] = n;
  return places.subarray(0, count);
}

/** Goes along the rows of the indicators, not across: they are too long for a cache to hold a line of each. */
function sampleAndOverlap(
  inputs: LossInputs,
  stride: number,
  gradient: LossGradient,
  weights: LossWeights,
): [sample: number, overlap: number] {
  const { parts, labels, boxCount, indicator } = inputs;
  const count = labels.length;
  const queries = count + parts;
  if (parts === 0) return [0, 0];
  const boxWeight = boxCount > 0 ? 1 / boxCount : 0;
  const surfaceWeight = count > boxCount ? weights.surface / (count - boxCount) : 0;
  const sums = new Float64Array(queries);
  const largest = new Float64Array(queries).fill(-1);
  const winners = new Int32Array(queries);
  for (let k = 0; k < parts; k++) {
    for (let n = 0, i = k * stride; n < queries; n++, i++) {
      const value = indicator[i];
      sums[n] += value;
      if (value > largest[n]) {
        largest[n] = value;
        winners[n] = k;
      }
    }
  }
  let overlap = 0;
  for (let n = 0; n < queries; n++) {
    const excess = sums[n] - weights.overlapTolerance;
    if (excess <= 0) continue;
    overlap += (excess * excess) / queries;
    const slope = (2 * weights.overlap * excess) / queries;
    for (let k = 0; k < parts; k++) gradient.indicator[k * stride + n] += slope;
  }
  let sample = 0;
  for (let n = 0; n < count; n++) {
    const weight = n < boxCount ? boxWeight : surfaceWeight;
    const error = largest[n] - labels[n];
    sample += weight * error * error;
    gradient.indicator[winners[n] * stride + n] += 2 * weights.sample * weight * error;
  }
  return [sample, overlap];
}

function guidance(
  inputs: LossInputs,
  stride: number,
  interior: Int32Array,
  gradient: LossGradient,
  weights: LossWeights,
): number {
  const { parts, labels, indicator } = inputs;
  const { nearest } = weights;
  const slots = parts * nearest;
  const values = new Float64Array(nearest);
  const places = new Int32Array(nearest);
  let loss = 0;
  for (let k = 0; k < parts; k++) {
    const row = k * stride;
    // Outside samples have value 0, so the selection starts as `nearest` of those and interior ones displace them.
    values.fill(0);
    places.fill(-1);
    let least = 0;
    for (let i = 0; i < interior.length; i++) {
      const n = interior[i];
      const value = labels[n] * indicator[row + n];
      if (value <= least) continue;
      let at = nearest - 1;
      for (; at > 0 && values[at - 1] < value; at--) {
        values[at] = values[at - 1];
        places[at] = places[at - 1];
      }
      values[at] = value;
      places[at] = n;
      least = values[nearest - 1];
    }
    for (let i = 0; i < nearest; i++) {
      const lack = 1 - values[i];
      loss += (lack * lack) / slots;
      if (places[i] >= 0) {
        gradient.indicator[row + places[i]] -= (2 * weights.balance * lack * labels[places[i]]) / slots;
      }
    }
  }
  return loss;
}

function meanSquaredOffset(inputs: LossInputs, gradient: LossGradient, weights: LossWeights): number {
  const { offsets } = inputs;
  let active = 0;
  let sum = 0;
  for (let i = 0; i < offsets.length; i++) {
    if (isInactive(offsets[i])) continue;
    active++;
    sum += offsets[i] * offsets[i];
  }
  if (active === 0) return 0;
  const slope = (2 * weights.center) / active;
  for (let i = 0; i < offsets.length; i++) {
    if (!isInactive(offsets[i])) gradient.offsets[i] = slope * offsets[i];
  }
  return sum / active;
}

function localisation(
  inputs: LossInputs,
  interior: Int32Array,
  gradient: LossGradient,
  weights: LossWeights,
): number {
  const { dims, parts, points, translations } = inputs;
  if (interior.length === 0) return 0;
  let loss = 0;
  for (let k = 0; k < parts; k++) {
    const x = translations[k * dims];
    const y = translations[k * dims + 1];
    const z = dims === 3 ? translations[k * dims + 2] : 0;
    let closest = Infinity;
    let place = 0;
    for (let i = 0; i < interior.length; i++) {
      const at = interior[i] * dims;
      const dx = x - points[at];
      const dy = y - points[at + 1];
      const dz = dims === 3 ? z - points[at + 2] : 0;
      const squared = dx * dx + dy * dy + dz * dz;
      if (squared < closest) {
        closest = squared;
        place = at;
      }
    }
    loss += closest / parts;
    for (let i = 0; i < dims; i++) {
      gradient.translations[k * dims + i] =
        (2 * weights.bbx * (translations[k * dims + i] - points[place + i])) / parts;
    }
  }
  return loss;
}
