import {
  add,
  avgPool,
  customGrad,
  mean,
  mul,
  reshape,
  rsqrt,
  square,
  sub,
  tensor1d,
  concat,
  slice,
  type Tensor,
  type Tensor4D,
} from '@tensorflow/tfjs-core';
import { ALONE, type Exchange } from '../training/exchange';

const EPSILON = 1e-3;

/** Mean and variance per channel, [C] each. */
export interface BatchStatistics {
  readonly mean: Tensor;
  /** A batch's is unbiased, as TensorFlow's fused kernel hands it to the moving average. */
  readonly variance: Tensor;
}

/**
 * Batch normalisation (Ioffe & Szegedy 2015) of [B, H, W, C] by the statistics of the batch, which `onStatistics`
 * sees; they are gone when it returns. The batch is that of all workers of the exchange.
 * One operation with the closed gradient: dx = scale / std (dy - mean(dy) - x' mean(dy x')), x' the normalised input.
 */
export function normaliseByBatch(
  x: Tensor4D,
  scale: Tensor,
  shift: Tensor,
  onStatistics: (statistics: BatchStatistics) => void,
  exchange: Exchange = ALONE,
): Tensor4D {
  return customGrad((...args: unknown[]) => {
    const [input, gain, offset, save] = args as [Tensor4D, Tensor, Tensor, (tensors: Tensor[]) => void];
    const average = shared(channelMean(input), exchange);
    const centred = sub(input, average) as Tensor4D;
    const variance = shared(channelMean(square(centred)), exchange);
    const count = input.size / (input.shape[3] as number);
    const all = count * exchange.count;
    const unbiased = mul(variance, all / Math.max(all - 1, 1));
    onStatistics({ mean: average, variance: unbiased });
    const inverse = rsqrt(add(variance, EPSILON));
    const normalised = mul(centred, inverse) as Tensor4D;
    save([normalised, inverse, gain]);
    return {
      value: add(mul(normalised, gain), offset),
      gradFunc: (dy: Tensor, saved: Tensor[]) => {
        const upstream = dy as Tensor4D;
        const [unit, deviation, factor] = saved;
        const channels = upstream.shape[3];
        const means = shared(
          concat([channelMean(upstream), channelMean(mul(upstream, unit) as Tensor4D)]),
          exchange,
        );
        const meanUpstream = slice(means, 0, channels);
        const meanProduct = slice(means, channels, channels);
        const inner = sub(sub(upstream, meanUpstream), mul(unit, meanProduct));
        return [mul(inner, mul(factor, deviation)), mul(meanProduct, count), mul(meanUpstream, count)];
      },
    };
  })(x, scale, shift) as Tensor4D;
}

/** The same by given statistics; at inference only, where no gradient reaches them. */
export function normaliseByMoving(
  x: Tensor4D,
  scale: Tensor,
  shift: Tensor,
  { mean: average, variance }: BatchStatistics,
): Tensor4D {
  const factor = movingFactor(scale, variance);
  return add(mul(x, factor), sub(shift, mul(average, factor)));
}

/** What normaliseByMoving multiplies with, [C], so also what it hands down. */
export function movingFactor(scale: Tensor, variance: Tensor): Tensor {
  return mul(scale, rsqrt(add(variance, EPSILON)));
}

/** The mean of a vector over the workers. */
function shared(values: Tensor, exchange: Exchange): Tensor {
  if (exchange.count === 1) return values;
  const buffer = Float32Array.from(values.dataSync());
  exchange.average(buffer);
  return tensor1d(buffer);
}

/** [C] of [B, H, W, C]. Pooling first: a mean over all but the last axis is ten times slower on wasm. */
function channelMean(images: Tensor4D): Tensor {
  const [batch, height, width, channels] = images.shape;
  return mean(reshape(avgPool(images, [height, width], 1, 'valid'), [batch, channels]), 0);
}
