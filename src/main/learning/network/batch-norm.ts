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
  concat,
  slice,
  type Tensor,
  type Tensor4D,
} from '@tensorflow/tfjs-core';
import { hasTrainingKernels, runTrainingKernel } from '../../compute/kernels/training/register';
import { workersMean } from '../../compute/kernels/workers-mean';
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
    const variance = shared(meanSquaredDeviation(input, average), exchange);
    const count = input.size / (input.shape[3] as number);
    const all = count * exchange.count;
    const unbiased = mul(variance, all / Math.max(all - 1, 1));
    onStatistics({ mean: average, variance: unbiased });
    const inverse = rsqrt(add(variance, EPSILON));
    save([input, average, inverse, gain]);
    return {
      value: scaleChannels(input, average, mul(inverse, gain), offset),
      gradFunc: (dy: Tensor, saved: Tensor[]) => {
        const upstream = dy as Tensor4D;
        const [before, centre, deviation, factor] = saved as [Tensor4D, Tensor, Tensor, Tensor];
        const channels = upstream.shape[3];
        const means = shared(upstreamMeans(upstream, before, centre), exchange);
        const meanUpstream = slice(means, 0, channels);
        const meanProduct = mul(slice(means, channels, channels), deviation);
        const slope = mul(deviation, meanProduct);
        return [
          inputGradient(upstream, before, centre, meanUpstream, slope, mul(factor, deviation)),
          mul(meanProduct, count),
          mul(meanUpstream, count),
        ];
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

/** The mean of a vector over the workers; alone nothing is read, which a backend without synchronous reads needs. */
function shared(values: Tensor, exchange: Exchange): Tensor {
  if (exchange.count === 1) return values;
  return workersMean(values, exchange.average);
}

/** [C] of [B, H, W, C]. */
function channelMean(images: Tensor4D): Tensor {
  if (hasTrainingKernels()) return perPixel(runTrainingKernel('SumRows', { images }), images);
  // Pooling first: a mean over all but the last axis is ten times slower on wasm.
  const [batch, height, width, channels] = images.shape;
  return mean(reshape(avgPool(images, [height, width], 1, 'valid'), [batch, channels]), 0);
}

function meanSquaredDeviation(images: Tensor4D, average: Tensor): Tensor {
  if (!hasTrainingKernels()) return channelMean(square(sub(images, average)) as Tensor4D);
  return perPixel(runTrainingKernel('SumSquaredDeviations', { images, average }), images);
}

/** (x - average) factor + offset */
function scaleChannels(images: Tensor4D, average: Tensor, factor: Tensor, offset: Tensor): Tensor {
  if (hasTrainingKernels()) return runTrainingKernel('ScaleRows', { images, average, factor, offset });
  return add(mul(sub(images, average), factor), offset);
}

/** [2 C]: the means of dy, then of dy (x - average). */
function upstreamMeans(upstream: Tensor4D, images: Tensor4D, average: Tensor): Tensor {
  if (hasTrainingKernels())
    return perPixel(runTrainingKernel('SumUpstream', { upstream, images, average }), images);
  const product = mul(upstream, sub(images, average)) as Tensor4D;
  return concat([channelMean(upstream), channelMean(product)]);
}

/** (dy - drop - (x - average) slope) factor */
function inputGradient(
  upstream: Tensor4D,
  images: Tensor4D,
  average: Tensor,
  drop: Tensor,
  slope: Tensor,
  factor: Tensor,
): Tensor {
  if (hasTrainingKernels()) {
    return runTrainingKernel('NormalGradient', { upstream, images, average, drop, slope, factor });
  }
  return mul(sub(sub(upstream, drop), mul(sub(images, average), slope)), factor);
}

function perPixel(sums: Tensor, images: Tensor4D): Tensor {
  return mul(sums, images.shape[3] / images.size);
}
