import {
  add,
  any,
  argMax,
  argMin,
  cast,
  customGrad,
  div,
  expandDims,
  gather,
  greater,
  matMul,
  max,
  mean,
  mul,
  oneHot,
  range,
  relu,
  reshape,
  scatterND,
  slice,
  square,
  sub,
  sum,
  topk,
  transpose,
  where,
  zerosLike,
  type Tensor,
} from '@tensorflow/tfjs-core';
import { REFERENCE_WEIGHTS, type LossWeights } from '../../../shared/shape/losses';

export interface LossTensors {
  /** [B, K, N + K], of the samples and then the K translations. */
  readonly indicator: Tensor;
  /** [B, N, D]: `boxCount` uniform samples, then the near-surface ones. */
  readonly points: Tensor;
  /** [B, N] occupancies, 0 or 1. */
  readonly labels: Tensor;
  readonly boxCount: number;
  /** [B, K, H] */
  readonly offsets: Tensor;
  /** [B, K, D] */
  readonly translations: Tensor;
}

/** Scalars; `total` is the weighted sum. */
export interface LossScalars {
  readonly total: Tensor;
  readonly sample: Tensor;
  readonly overlap: Tensor;
  readonly balance: Tensor;
  readonly center: Tensor;
  readonly bbx: Tensor;
}

/**
 * The five losses of CvxNet (Deng et al. 2020) for training, means over the batch, too; the float64 twin with the
 * formulas is evaluateLosses. A shape without an interior sample adds nothing to the localisation loss.
 */
export function trainingLosses(inputs: LossTensors, weights: LossWeights = REFERENCE_WEIGHTS): LossScalars {
  const { indicator, labels, boxCount, offsets, translations, points } = inputs;
  const [batch, parts] = indicator.shape;
  const count = labels.shape[1] as number;
  const atSamples = slice(indicator, [0, 0, 0], [batch, parts, count]);
  const error = square(sub(labels, unionIndicator(atSamples)));
  const meanOver = (from: number, length: number) => mean(slice(error, [0, from], [batch, length]));
  const sample =
    boxCount === count
      ? meanOver(0, count)
      : add(meanOver(0, boxCount), mul(weights.surface, meanOver(boxCount, count - boxCount)));
  const overlap = mean(square(relu(sub(sum(indicator, 1), weights.overlapTolerance))));
  const guided = largestValues(mul(expandDims(labels, 1), atSamples), weights.nearest);
  const balance = mean(square(sub(1, guided)));
  const center = mean(square(offsets));
  const bbx = localisation(translations, points, labels);
  const total = [
    mul(weights.overlap, overlap),
    mul(weights.balance, balance),
    mul(weights.center, center),
    mul(weights.bbx, bbx),
  ].reduce((a, b) => add(a, b), mul(weights.sample, sample) as Tensor);
  return { total, sample, overlap, balance, center, bbx };
}

/** max_k C_k, [B, N] of [B, K, N]. The stock gradient of a maximum pays every tied part in full; this one the first. */
function unionIndicator(indicator: Tensor): Tensor {
  return customGrad((values, save) => {
    const input = values as Tensor;
    (save as (tensors: Tensor[]) => void)([input]);
    return {
      value: max(input, 1),
      gradFunc: (dy: Tensor, saved: Tensor[]) => {
        const parts = saved[0].shape[1] as number;
        const winner = cast(oneHot(argMax(saved[0], 1), parts), 'float32');
        return mul(expandDims(dy, 1), transpose(winner, [0, 2, 1]));
      },
    };
  })(indicator);
}

/** The `count` largest of the last axis, [B, K, count]; the selection carries no gradient (topk has none at all). */
function largestValues(values: Tensor, count: number): Tensor {
  const [batch, parts, samples] = values.shape;
  const rows = batch * parts;
  return customGrad((input, save) => {
    const flat = reshape(input as Tensor, [rows, samples]);
    const { values: largest, indices } = topk(flat, count);
    const starts = mul(reshape(range(0, rows, 1, 'int32'), [rows, 1]), samples);
    const places = reshape(add(cast(indices, 'int32'), cast(starts, 'int32')), [rows * count, 1]);
    (save as (tensors: Tensor[]) => void)([places]);
    return {
      value: reshape(largest, [batch, parts, count]),
      gradFunc: (dy: Tensor, saved: Tensor[]) =>
        reshape(scatterND(saved[0], reshape(dy, [rows * count]), [rows * samples]), [batch, parts, samples]),
    };
  })(values);
}

/** Mean over B, K of the squared distance from a translation to its nearest interior sample. */
function localisation(translations: Tensor, points: Tensor, labels: Tensor): Tensor {
  const [batch, parts, dims] = translations.shape;
  const count = labels.shape[1] as number;
  return customGrad((input, save) => {
    const centres = input as Tensor;
    const interior = greater(labels, 0.5);
    const products = mul(-2, matMul(centres, points, false, true));
    const squared = add(products, expandDims(sum(square(points), 2), 1));
    const far = where(interior, zerosLike(labels), add(zerosLike(labels), 1e5));
    const closest = cast(argMin(add(squared, expandDims(far, 1)), 2), 'int32');
    const starts = cast(mul(reshape(range(0, batch, 1, 'int32'), [batch, 1]), count), 'int32');
    const places = reshape(add(closest, starts), [batch * parts]);
    const nearest = reshape(gather(reshape(points, [batch * count, dims]), places), [batch, parts, dims]);
    const hasInterior = reshape(cast(any(interior, 1), 'float32'), [batch, 1, 1]);
    const apart = mul(sub(centres, nearest), hasInterior);
    (save as (tensors: Tensor[]) => void)([apart]);
    return {
      value: div(sum(square(apart)), batch * parts),
      gradFunc: (dy: Tensor, saved: Tensor[]) => mul(dy, mul(2 / (batch * parts), saved[0])),
    };
  })(translations);
}
