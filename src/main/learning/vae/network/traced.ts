import {
  add,
  cast,
  conv2d,
  conv2dTranspose,
  div,
  greater,
  mean,
  mul,
  relu,
  reshape,
  tile,
  type Tensor,
  type Tensor4D,
} from '@tensorflow/tfjs-core';
import { withoutGradient } from '../../network/constant';
import { movingFactor } from '../../network/batch-norm';
import { dense, productWithTransposed } from '../../network/dense';
import '../../../compute/kernels/generated/stock-gradients';
import type { Pass } from '../../network/pass';
import type { Place, Upstream } from './upstream';
import { meanOfPulled } from './mean-pull';

/**
 * A layer's output, and its vector-Jacobian product as ordinary operations. So many gradients per picture share one
 * forward pass, and a loss of these gradients needs no second-order gradient from TensorFlow.js.
 */
export interface Traced<T extends Tensor = Tensor> {
  readonly value: T;
  pull(upstream: Upstream): Upstream;
  /** Where it is cheaper: the mean of pull's gradients over the pixels, [repeats * N, K] of [repeats * N, h, w, K]. */
  pullMean?(upstream: Upstream): Upstream;
}

/** Convolution with bias; padding is the same on every side. */
export function tracedConvolution(
  pass: Pass,
  name: string,
  x: Tensor4D,
  { stride, padding }: Place,
): Traced<Tensor4D> {
  const kernel = pass.weight(`${name}/kernel`) as Tensor4D;
  const value = add(conv2d(x, kernel, stride, padding), pass.weight(`${name}/bias`)) as Tensor4D;
  return {
    value,
    pull: (upstream) => pullConvolution(upstream, kernel, x.shape, { stride, padding }),
    pullMean: (upstream) => meanOfPulled(upstream, kernel, x.shape, { stride, padding }),
  };
}

/** Convolution without bias, batch-normalised. Its pull is that of the moving statistics, whatever the pass. */
export function tracedNormalised(
  pass: Pass,
  name: string,
  x: Tensor4D,
  { stride, padding }: Place,
): Traced<Tensor4D> {
  const kernel = pass.weight(`${name}/kernel`) as Tensor4D;
  return {
    value: pass.normalise(name, conv2d(x, kernel, stride, padding)),
    pull: ({ values, repeats }) => {
      const factor = movingFactor(pass.weight(`${name}/scale`), pass.weight(`${name}/movingVariance`));
      return pullConvolution({ values: mul(values, factor), repeats }, kernel, x.shape, { stride, padding });
    },
  };
}

export function tracedRelu<T extends Tensor>(x: T): Traced<T> {
  return { value: relu(x), pull: (upstream) => maskedBy(x, upstream) };
}

export function tracedDense(pass: Pass, name: string, x: Tensor): Traced {
  const kernel = pass.weight(`${name}/kernel`);
  return {
    value: dense(x, kernel, pass.weight(`${name}/bias`)),
    pull: ({ values, repeats }) => ({ values: productWithTransposed(values, kernel), repeats }),
  };
}

/** [N, H, W, C] to [N, H W C]. */
export function tracedFlatten(x: Tensor4D): Traced {
  const [count, height, width, channels] = x.shape;
  return {
    value: reshape(x, [count, height * width * channels]),
    pull: ({ values, repeats }) => ({
      values: reshape(values, [values.shape[0], height, width, channels]),
      repeats,
    }),
  };
}

/** The mean over the pixels, [N, H, W, C] to [N, C]. */
export function tracedMean(x: Tensor4D): Traced {
  const [, height, width, channels] = x.shape;
  return {
    value: mean(x, [1, 2]),
    pull: ({ values, repeats }) => {
      const share = div(reshape(values, [values.shape[0], 1, 1, channels]), height * width);
      return { values: tile(share, [1, height, width, 1]), repeats };
    },
  };
}

function pullConvolution(
  { values, repeats }: Upstream,
  kernel: Tensor4D,
  [, height, width, channels]: number[],
  { stride, padding }: Place,
): Upstream {
  const shape: [number, number, number, number] = [values.shape[0], height, width, channels];
  return { values: conv2dTranspose(values as Tensor4D, kernel, shape, stride, padding), repeats };
}

/** The upstream where x [N, ...] is positive, and for every picture from here on. */
export function maskedBy(x: Tensor, { values, repeats }: Upstream): Upstream {
  const each = x.size / x.shape[0];
  const rows = reshape(values, [repeats, values.shape[0] / repeats, each]);
  const masked = masking(rows, reshape(x, [1, x.shape[0], each]));
  return { values: reshape(masked, [repeats * x.shape[0], ...x.shape.slice(1)]), repeats };
}

/** The mask is a constant: its own gradient is zero almost everywhere. */
function masking(rows: Tensor, x: Tensor): Tensor {
  return mul(
    rows,
    withoutGradient(() => cast(greater(x, 0), 'float32')),
  );
}
