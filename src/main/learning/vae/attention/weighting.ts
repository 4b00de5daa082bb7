import {
  abs,
  add,
  div,
  matMul,
  mean,
  mul,
  relu,
  reshape,
  sqrt,
  square,
  sum,
  transpose,
  type Tensor,
  type Tensor4D,
} from '@tensorflow/tfjs-core';
import type { AttentionVariant } from '../../../../shared/recipes/vae';
import type { Upstream } from '../network/upstream';

/** As the authors' public code has it. */
const RMS_EPSILON = 1e-5;
/** As pytorch-grad-cam has it. */
const PLUS_EPSILON = 1e-6;

/**
 * The weight of every channel, alpha [R, N, K], from gradients [R N, h, w, K] of a map [N, h, w, K]; [R, 1, K] where
 * the gradients are the same for every picture.
 * - paper: the mean over the pixels (Liu et al. 2020, Eq. 1).
 * - authors-code: the same of gradients over their root mean square. The public code takes that over the whole batch,
 *   so that a map's size depends on the other pictures; here it is each picture's own.
 * - grad-cam++: sum of a max(g, 0), a = g^2 / (2 g^2 + g^3 sum A + 1e-6) (Chattopadhay et al. 2018).
 */
export function channelWeights(
  variant: AttentionVariant,
  { values, repeats }: Upstream,
  map: Tensor4D,
): Tensor {
  const [, height, width, channels] = values.shape;
  const count = values.shape[0] / repeats;
  const gradients = reshape(values, [repeats, count, height * width, channels]);
  if (variant === 'grad-cam++') return plusWeights(gradients, map);
  const weights = mean(gradients, 2);
  if (variant === 'paper') return weights;
  const size = sqrt(mean(square(gradients), [2, 3]));
  return div(weights, add(reshape(size, [repeats, count, 1]), RMS_EPSILON));
}

function plusWeights(gradients: Tensor, map: Tensor4D): Tensor {
  const [count, height, width, channels] = map.shape;
  const total = sum(reshape(map, [1, count, height * width, channels]), 2, true);
  // Negative gradients have no weight, so that only the others enter.
  const positive = relu(gradients);
  const squared = square(positive);
  const cubed = mul(squared, positive);
  const share = div(squared, add(add(mul(squared, 2), mul(total, cubed)), PLUS_EPSILON));
  return sum(mul(share, positive), 2);
}

/** sum_k alpha_k A_k (Eq. 2 without its ReLU): weights [R, N or 1, K] and a map [N, h, w, K] to [N, R, h, w]. */
export function weightedMaps(weights: Tensor, map: Tensor4D): Tensor4D {
  const [count, height, width, channels] = map.shape;
  const [repeats, weighted] = weights.shape;
  const pixels = height * width;
  const values =
    weighted === 1
      ? reshape(
          matMul(reshape(map, [count * pixels, channels]), transpose(reshape(weights, [repeats, channels]))),
          [count, pixels, repeats],
        )
      : matMul(reshape(map, [count, pixels, channels]), transpose(weights, [1, 2, 0]));
  return reshape(transpose(values, [0, 2, 1]), [count, repeats, height, width]);
}

/** How strongly each latent responds, [R]: the mean of |alpha|. */
export function response(weights: Tensor): Tensor {
  return mean(abs(weights), [1, 2]);
}
